#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> curriculum_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 19};
  const auto net = [](Given given) {
    given.insert({{"hidden", word("4")}, {"train", number(40)}, {"test", number(20)}});
    return given;
  };
  const auto shapes = [](const char* curriculum) {
    return Given{{"curriculum", word(curriculum)},
                 {"hidden", word("3-2")},
                 {"train", number(15)},
                 {"validation", number(6)},
                 {"test", number(6)}};
  };
  return {
      {"mlp_curriculum_ramp", "mlp_curriculum",
       net({{"schedule", word("ramp")}, {"difficulty", word("reference_loss")}}), canonical},
      {"mlp_curriculum_stochastic", "mlp_curriculum",
       net({{"schedule", word("stochastic")},
            {"order", word("hardest_first")},
            {"difficulty", word("margin")},
            {"data", word("moons")}}),
       drawn},
      {"mlp_curriculum_spirals", "mlp_curriculum",
       net({{"noise", number(0.1)}, {"difficulty", word("noise")}, {"data", word("two_spirals")}}),
       drawn},
      {"mlp_curriculum_blobs", "mlp_curriculum",
       net({{"label_noise", number(0.3)}, {"classes", number(4)}, {"data", word("blobs")}}), drawn},
      {"mlp_curriculum_none", "mlp_curriculum", net({{"order", word("none")}}), drawn},
      {"bengio_shapes", "bengio_shapes", shapes("switch"), canonical},
      {"bengio_shapes_grow", "bengio_shapes", shapes("grow"), drawn},
      {"bengio_gaussians", "bengio_gaussians", {}, canonical},
      {"bengio_gaussians_easy", "bengio_gaussians", {{"examples", word("easy")}}, drawn},
      {"bengio_gaussians_hinge", "bengio_gaussians", {{"loss", word("hinge")}}, drawn},
  };
}

}  // namespace ravine::problems::testing
