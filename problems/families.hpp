// The families that the catalogue lists, each defined in the file of its name.
#pragma once

#include "problems/family.hpp"

namespace ravine::problems {

Family quadratic_family();           // quadratics/quadratic.cpp
Family sphere_family();              // quadratics/sphere.cpp
Family shifted_quadratics_family();  // quadratics/shifted_quadratics.cpp
Family quadratic_deep_family();      // quadratics/quadratic_deep.cpp
Family coupled_pair_family();        // quadratics/coupled_pair.cpp
Family rosenbrock_family();          // classics/rosenbrock.cpp
Family rastrigin_family();           // stages/rastrigin.cpp
Family homotopy_family();            // stages/homotopy.cpp
Family mlp_family();                 // nets/mlp.cpp
Family mlp_curriculum_family();      // stages/curriculum.cpp
Family bengio_gaussians_family();    // stages/curriculum_gaussians.cpp
Family bengio_shapes_family();       // stages/curriculum_shapes.cpp
Family cnn_2c2d_family();            // nets/cnn_2c2d.cpp
Family resnet_family();              // nets/resnet.cpp
Family autoencoder_family();         // nets/autoencoder.cpp
Family rnn_family();                 // nets/rnn.cpp
Family nist_family();                // nist/regression.cpp

// least_squares/, each in the file of its name.
Family bard_family();
Family beale_family();
Family biggs_exp6_family();
Family box_3d_family();
Family brown_badly_scaled_family();
Family brown_dennis_family();
Family freudenstein_roth_family();
Family gaussian_fit_family();
Family gulf_family();
Family helical_valley_family();
Family jennrich_sampson_family();
Family kowalik_osborne_family();
Family meyer_family();
Family osborne_1_family();
Family osborne_2_family();
Family powell_badly_scaled_family();
Family powell_singular_family();
Family watson_family();
Family wood_family();
Family extended_rosenbrock_family();
Family extended_powell_singular_family();
Family penalty_1_family();
Family penalty_2_family();
Family variably_dimensioned_family();
Family trigonometric_family();
Family brown_almost_linear_family();
Family discrete_boundary_value_family();
Family discrete_integral_family();
Family broyden_tridiagonal_family();
Family broyden_banded_family();
Family linear_full_rank_family();
Family linear_rank_1_family();
Family linear_rank_1_zeros_family();
Family chebyquad_family();

// classics/, each in the file of its name.
Family ackley_family();
Family booth_family();
Family branin_family();
Family easom_family();
Family goldstein_price_family();
Family griewank_family();
Family himmelblau_family();
Family levy_family();
Family matyas_family();
Family nesterov_chebyshev_rosenbrock_family();
Family nesterov_worst_family();
Family schwefel_family();
Family styblinski_tang_family();
Family three_hump_camel_family();

// engineering/, each in the file of its name.
Family controller_tuning_family();
Family mesh_fitting_family();
Family minimal_surface_family();

// landscapes/, each in the file of its name.
Family double_well_family();
Family lessard_recht_packard_family();
Family monkey_saddle_family();
Family quadratic_saddle_family();
Family reddi_online_family();
Family sharp_and_broad_family();
Family sigmoid_fitting_family();
Family strict_saddle_family();

// matrices/, each in the file of its name.
Family deep_linear_family();
Family matrix_factorization_family();
Family random_features_family();
Family sparse_coding_family();

// regressions/, each in the file of its name.
Family linear_regression_family();
Family logistic_regression_family();
Family perceptron_criterion_family();
Family softmax_regression_family();

}  // namespace ravine::problems
