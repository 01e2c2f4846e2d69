#include "tests/plugins/host.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "tests/plugins/random.hpp"
#include "tests/plugins/sum_of_squares.hpp"

namespace ravine::test {
namespace {

Oracle& oracle_of(const ravine_oracle* oracle) { return *static_cast<Oracle*>(oracle->handle); }

std::int32_t evaluate(const ravine_oracle* table, std::uint64_t ticket, const double* x,
                      double* value, double* gradient) {
  Oracle& oracle = oracle_of(table);
  const std::size_t n = oracle.objective.start.size();
  if (oracle.verdict) {
    const auto status = oracle.verdict({x, n});
    if (status != RAVINE_OK) return status;
  }
  oracle.points.emplace_back(x, x + n);
  double f = 0;
  const auto status = evaluate_ticket(oracle.objective, oracle.tickets, ticket, {x, n}, f,
                                      {gradient, gradient == nullptr ? std::size_t{0} : n});
  if (status == RAVINE_OK && value != nullptr) *value = f;
  return status;
}

std::int32_t hessian(const ravine_oracle* table, std::uint64_t, const double* x, double* h) {
  Oracle& oracle = oracle_of(table);
  const std::size_t n = oracle.objective.start.size();
  ++oracle.hessians;
  oracle.objective.hessian({x, n}, {h, n * n});
  return RAVINE_OK;
}

template <class T, T (RandomStream::*draw)(std::uint64_t) const>
std::int32_t random(const ravine_host* host, const char* stream, std::uint64_t first,
                    std::uint64_t count, T* out) {
  const RandomStream source(stream + static_cast<Host*>(host->handle)->seed);
  for (std::uint64_t i = 0; i < count; ++i) out[i] = (source.*draw)(first + i);
  return RAVINE_OK;
}

// Without blocks of its own an objective is one generic block, as with the real host.
std::vector<ravine_block> blocks_of(const Objective& objective, const std::uint64_t& n) {
  const auto& blocks = objective.blocks;
  if (blocks.empty()) return {{sizeof(ravine_block), "x", 0, &n, 1, RAVINE_BLOCK_GENERIC, 0}};
  std::vector<ravine_block> tables;
  std::uint64_t offset = 0;
  for (const Block& b : blocks) {
    tables.push_back({sizeof(ravine_block), b.name.c_str(), offset, b.dimensions.data(),
                      b.dimensions.size(), b.role, b.exempt_from_decay});
    std::uint64_t size = 1;
    for (const std::uint64_t d : b.dimensions) size *= d;
    offset += size;
  }
  return tables;
}

std::vector<double> in_force(const ravine_optimizer& optimizer, Settings settings) {
  std::vector<double> values;
  for (std::uint64_t i = 0; i < optimizer.parameter_count; ++i) {
    const ravine_parameter& p = *optimizer.parameters[i];
    const auto found = settings.extract(p.name);
    values.push_back(found.empty() ? p.default_value : found.mapped());
  }
  if (!settings.empty())
    throw std::runtime_error("no hyperparameter named " + settings.begin()->first);
  return values;
}

}  // namespace

const ravine_optimizer* load(const std::string& plugin) {
  void* library = dlopen(plugin_path(plugin).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(dlerror());
  const auto entry =
      reinterpret_cast<decltype(&ravine_plugin_v1)>(dlsym(library, "ravine_plugin_v1"));
  char error[256] = "";
  const ravine_plugin* table = entry(RAVINE_ABI_MINOR, error, sizeof error);
  if (table == nullptr) throw std::runtime_error(error);
  return static_cast<const ravine_optimizer_factory*>(table->factory(RAVINE_OPTIMIZERS))
      ->optimizers[0];
}

Oracle::Oracle(Objective o) : objective(std::move(o)) {
  table_.struct_size = sizeof table_;
  table_.handle = this;
  table_.evaluate = &evaluate;
  table_.should_stop = [](const ravine_oracle* t) {
    return oracle_of(t).verdict ? oracle_of(t).verdict({}) : RAVINE_OK;
  };
  table_.report = [](const ravine_oracle* t, const double*) -> std::int32_t {
    ++oracle_of(t).reports;
    return RAVINE_OK;
  };
  table_.extension = [](const ravine_oracle* t, const char* name) -> const void* {
    const Oracle& oracle = oracle_of(t);
    if (std::strcmp(name, RAVINE_EXTENSION_RESIDUALS) == 0)
      return oracle.objective.squares.count > 0 ? &oracle.residuals_ : nullptr;
    if (std::strcmp(name, RAVINE_EXTENSION_PARTIALS) == 0) return &oracle.partials_;
    if (std::strcmp(name, RAVINE_EXTENSION_SAMPLE_GRADIENTS) == 0)
      return oracle.objective.samples.count > 0 ? &oracle.sample_gradients_ : nullptr;
    const bool known = std::strcmp(name, RAVINE_EXTENSION_HESSIAN) == 0;
    return known && oracle.objective.hessian ? &oracle.hessian_ : nullptr;
  };
  table_.hessian_vectors = &hessian_vectors;
  fill_batches(table_);
  hessian_ = {sizeof hessian_, &hessian};
  residuals_ = residuals_of(objective.squares);
}

Host::Host(const std::string& plugin, const Objective& objective, const Settings& settings)
    : optimizer(load(plugin)), oracle(objective), x(objective.start) {
  services_.struct_size = sizeof services_;
  services_.handle = this;
  services_.log = [](const ravine_host* h, std::int32_t, const char* text) {
    static_cast<Host*>(h->handle)->log = text;
  };
  services_.random_bits = &random<std::uint64_t, &RandomStream::bits>;
  services_.random_uniform = &random<double, &RandomStream::uniform>;
  services_.random_normal = &random<double, &RandomStream::normal>;
  task_.struct_size = sizeof task_;
  task_.n = x.size();
  blocks_ = blocks_of(oracle.objective, task_.n);
  for (const ravine_block& b : blocks_) block_pointers_.push_back(&b);
  task_.blocks = block_pointers_.data();
  task_.block_count = block_pointers_.size();
  task_.offers = RAVINE_VALUE | RAVINE_GRADIENT | RAVINE_FULL_OBJECTIVE;
  if (oracle.objective.hessian) task_.offers |= RAVINE_HESSIAN_VECTORS;
  const Samples& samples = oracle.objective.samples;
  if (samples.count > 0) task_.offers |= RAVINE_BATCHES;
  task_.sample_count = samples.count;
  task_.batch_size = samples.batch_size;
  task_.horizon = oracle.objective.horizon;
  task_.stage_count = task_.threads = 1;
  const std::vector<double> values = in_force(*optimizer, settings);
  instance_ = optimizer->create(optimizer, &services_, values.data());
  if (instance_ == nullptr) throw std::runtime_error("create: " + log);
  const auto status = optimizer->init(instance_, &task_, &oracle.table(), x.data());
  if (status == RAVINE_OK) return;
  optimizer->destroy(instance_);
  throw InitRefused(log, status);
}

Host::~Host() { optimizer->destroy(instance_); }

std::int32_t Host::step(double multiplier, std::uint64_t ticket) {
  const ravine_step step{
      sizeof step, iteration_++, ticket, 0, multiplier, static_cast<double>(iteration_), 0};
  return optimizer->step(instance_, &oracle.table(), &step, x.data());
}

void Host::steps(int count) {
  for (int k = 0; k < count; ++k)
    if (const auto status = step(); status != RAVINE_OK)
      throw std::runtime_error("step " + std::to_string(k) + " answered " + std::to_string(status));
}

std::int32_t Host::run() {
  const ravine_step step{sizeof step, 0, RAVINE_FULL, 0, 1, 0, 0};
  return optimizer->run(instance_, &oracle.table(), &step, x.data());
}

std::int32_t Host::reset() {
  x = oracle.objective.start;
  return optimizer->reset(instance_, x.data());
}

std::int32_t Host::stage(std::uint64_t changed) {
  const ravine_stage stage{sizeof stage, 1, 2, changed, 0};
  return optimizer->stage(instance_, &stage, x.data());
}

std::string Host::save() const {
  std::string bytes;
  const ravine_sink sink{
      sizeof sink, &bytes, [](const ravine_sink* s, const void* data, std::uint64_t count) {
        static_cast<std::string*>(s->handle)->append(static_cast<const char*>(data), count);
        return RAVINE_OK;
      }};
  if (optimizer->save(instance_, &sink) != RAVINE_OK) throw std::runtime_error("save: " + log);
  return bytes;
}

std::int32_t Host::restore(const std::string& bytes, std::uint64_t chunk) {
  struct Reading {
    std::string_view left;
    std::uint64_t chunk;
  } reading{bytes, chunk};
  const ravine_source source{
      sizeof source, &reading,
      [](const ravine_source* s, void* into, std::uint64_t count, std::uint64_t* got) {
        auto& r = *static_cast<Reading*>(s->handle);
        *got = std::min({count, r.chunk, std::uint64_t{r.left.size()}});
        std::memcpy(into, r.left.data(), *got);
        r.left.remove_prefix(*got);
        return RAVINE_OK;
      }};
  return optimizer->restore(instance_, &source);
}

std::vector<double> Host::judged() {
  std::vector<double> out(x.size());
  if (optimizer->judged_point(instance_, x.data(), out.data()) != RAVINE_OK)
    throw std::runtime_error("judged_point: " + log);
  return out;
}

double Host::f() const { return oracle.objective.f(x, {}); }

std::string plugin_path(const std::string& name) {
  return std::string(RAVINE_TEST_PLUGIN_DIR) + "/" + name + ".so";
}

}  // namespace ravine::test
