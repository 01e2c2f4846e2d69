#include "harness/worker/task.hpp"

#include "harness/measure/oracle.hpp"

namespace ravine::harness {
namespace {

std::int32_t role_of(problems::BlockRole role) {
  switch (role) {
    case problems::BlockRole::generic:
      return RAVINE_BLOCK_GENERIC;
    case problems::BlockRole::matrix:
      return RAVINE_BLOCK_MATRIX;
    case problems::BlockRole::bias:
      return RAVINE_BLOCK_BIAS;
    case problems::BlockRole::norm_scale:
      return RAVINE_BLOCK_NORM_SCALE;
    case problems::BlockRole::embedding:
      return RAVINE_BLOCK_EMBEDDING;
    case problems::BlockRole::output_layer:
      return RAVINE_BLOCK_OUTPUT_LAYER;
  }
  return RAVINE_BLOCK_GENERIC;
}

}  // namespace

Task::Task(const problems::Facts& facts, const TrialSpec& spec) {
  for (std::size_t i = 0; i < facts.blocks.size(); ++i)
    names_.push_back("block" + std::to_string(i));
  for (std::size_t i = 0; i < facts.blocks.size(); ++i) {
    const auto& block = facts.blocks[i];
    blocks_.push_back({sizeof(ravine_block), names_[i].c_str(), block.offset, block.shape.data(),
                       block.shape.size(), role_of(block.role), block.exempt_from_decay ? 1 : 0});
  }
  for (const ravine_block& block : blocks_) pointers_.push_back(&block);
  task_.struct_size = sizeof task_;
  task_.n = facts.n;
  task_.offers = offers_of(facts);
  task_.sample_count = facts.fresh_samples ? 0 : facts.sample_count;
  task_.batch_size = spec.batch_size;
  task_.horizon = spec.budget_iterations;
  task_.stage_count = facts.stages.size();
  task_.threads = 1;
  task_.blocks = pointers_.data();
  task_.block_count = pointers_.size();
}

}  // namespace ravine::harness
