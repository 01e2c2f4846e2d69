#include "problems/catalog.hpp"

#include <algorithm>
#include <array>

#include "problems/families.hpp"

namespace ravine::problems {

std::span<const Family> catalog() {
  static const std::array families = {
      quadratic_family(),            //
      sphere_family(),               //
      shifted_quadratics_family(),   //
      quadratic_deep_family(),       //
      coupled_pair_family(),         //
      rosenbrock_family(),           //
      rastrigin_family(),            //
      homotopy_family(),             //
      mlp_family(),                  //
      mlp_curriculum_family(),       //
      bengio_gaussians_family(),     //
      bengio_shapes_family(),        //
      cnn_2c2d_family(),             //
      resnet_family(),               //
      autoencoder_family(),          //
      rnn_family(),                  //
      nist_family(),                 //
      freudenstein_roth_family(),    //
      powell_badly_scaled_family(),  //
      brown_badly_scaled_family(),   //
      beale_family(),                //
      jennrich_sampson_family(),     //
      helical_valley_family(),       //
      bard_family(),                 //
      gaussian_fit_family(),         //
      meyer_family(),                //
      gulf_family(),                 //
      box_3d_family(),               //
      powell_singular_family(),      //
      wood_family(),                 //
      kowalik_osborne_family(),      //
      brown_dennis_family(),         //
      osborne_1_family(),            //
      osborne_2_family(),            //
      biggs_exp6_family(),           //
      watson_family(),
      extended_rosenbrock_family(),
      extended_powell_singular_family(),
      penalty_1_family(),
      penalty_2_family(),
      variably_dimensioned_family(),
      trigonometric_family(),
      brown_almost_linear_family(),
      discrete_boundary_value_family(),
      discrete_integral_family(),
      broyden_tridiagonal_family(),
      broyden_banded_family(),
      linear_full_rank_family(),
      linear_rank_1_family(),
      linear_rank_1_zeros_family(),
      chebyquad_family(),
      ackley_family(),
      booth_family(),
      branin_family(),
      easom_family(),
      goldstein_price_family(),
      griewank_family(),
      himmelblau_family(),
      levy_family(),
      matyas_family(),
      nesterov_chebyshev_rosenbrock_family(),
      nesterov_worst_family(),
      schwefel_family(),
      styblinski_tang_family(),
      three_hump_camel_family(),
      linear_regression_family(),
      logistic_regression_family(),
      perceptron_criterion_family(),
      softmax_regression_family(),
      controller_tuning_family(),
      mesh_fitting_family(),
      minimal_surface_family(),
      double_well_family(),
      lessard_recht_packard_family(),
      monkey_saddle_family(),
      quadratic_saddle_family(),
      reddi_online_family(),
      sharp_and_broad_family(),
      sigmoid_fitting_family(),
      strict_saddle_family(),
      deep_linear_family(),
      matrix_factorization_family(),
      random_features_family(),
      sparse_coding_family(),
  };
  return families;
}

const Family* find_family(std::string_view id) {
  const auto found = std::ranges::find(catalog(), id, &Family::id);
  return found == catalog().end() ? nullptr : &*found;
}

}  // namespace ravine::problems
