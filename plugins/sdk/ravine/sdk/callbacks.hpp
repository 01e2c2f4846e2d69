// The callbacks of ravine_optimizer for a class T: no exception leaves, what T lacks stays NULL.
#pragma once

#include <concepts>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "ravine/sdk/archive.hpp"
#include "ravine/sdk/function.hpp"
#include "ravine/sdk/legal.hpp"
#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

template <class T>
concept Steps = requires(T t, const Function& f, const ravine_step& s, std::span<double> x) {
  { t.step(f, s, x) } -> std::same_as<std::int32_t>;
};
template <class T>
concept Runs = requires(T t, const Function& f, const ravine_step& s, std::span<double> x) {
  { t.run(f, s, x) } -> std::same_as<std::int32_t>;
};
template <class T>
concept TakesStages = requires(T t, const ravine_stage& s, std::span<const double> x) {
  { t.stage(s, x) } -> std::same_as<std::int32_t>;
};
template <class T>
concept HasJudgedPoint = requires(T t, std::span<const double> x, std::span<double> out) {
  { t.judged_point(x, out) } -> std::same_as<std::int32_t>;
};
template <class T>
concept HasState = requires(T t, Reader& r, Writer& w) {
  t.state(r);
  t.state(w);
};

/// What the `self` pointer of an SDK plugin points to.
template <class T>
struct Instance {
  const ravine_optimizer* optimizer;
  const ravine_host* host;
  std::vector<double> settings;
  const ravine_task* task = nullptr;
  const ravine_oracle* oracle = nullptr;
  std::optional<T> algorithm{};
};

template <class T>
struct Callbacks {
  using Self = Instance<T>;

  static void* create(const ravine_optimizer* optimizer, const ravine_host* host,
                      const double* settings) {
    try {
      for (std::uint64_t i = 0; i < optimizer->parameter_count; ++i) {
        const ravine_parameter& p = *optimizer->parameters[i];
        if (is_legal(p, settings[i])) continue;
        host->log(host, RAVINE_LOG_ERROR, refusal(p, settings[i]).c_str());
        return nullptr;
      }
      return new Self{optimizer, host, {settings, settings + optimizer->parameter_count}};
    } catch (const std::bad_alloc&) {
      host->log(host, RAVINE_LOG_ERROR, "out of memory");
      return nullptr;
    }
  }
  static void destroy(void* self) { delete static_cast<Self*>(self); }

  static std::int32_t init(void* self, const ravine_task* task, const ravine_oracle* oracle,
                           const double* x) {
    auto& instance = *static_cast<Self*>(self);
    instance.task = task;
    instance.oracle = oracle;
    return construct(instance, x);
  }
  static std::int32_t reset(void* self, const double* x) {
    return construct(*static_cast<Self*>(self), x);
  }
  static std::int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* step,
                           double* x) requires Steps<T> {
    return guarded(self, [&](Self& i) {
      return i.algorithm->step(Function(*oracle, step->ticket), *step, {x, i.task->n});
    });
  }
  static std::int32_t run(void* self, const ravine_oracle* oracle, const ravine_step* step,
                          double* x) requires Runs<T> {
    return guarded(self, [&](Self& i) {
      return i.algorithm->run(Function(*oracle, step->ticket), *step, {x, i.task->n});
    });
  }
  static std::int32_t stage(void* self, const ravine_stage* stage,
                            const double* x) requires TakesStages<T> {
    return guarded(self, [&](Self& i) { return i.algorithm->stage(*stage, {x, i.task->n}); });
  }
  static std::int32_t judged_point(void* self, const double* x,
                                   double* out) requires HasJudgedPoint<T> {
    return guarded(self, [&](Self& i) {
      return i.algorithm->judged_point({x, i.task->n}, {out, i.task->n});
    });
  }
  static std::int32_t save(void* self, const ravine_sink* sink) requires HasState<T> {
    return guarded(self, [&](Self& i) {
      Writer writer(*sink, state_label(*i.optimizer, i.task->n));
      i.algorithm->state(writer);
      return writer.finish();
    });
  }
  static std::int32_t restore(void* self, const ravine_source* source) requires HasState<T> {
    static_assert(std::is_copy_constructible_v<T>, "a class with state must be copyable");
    return guarded(self, [&](Self& i) {
      T restored(*i.algorithm);  // a failed restore leaves the optimizer as it was
      Reader reader(*source, state_label(*i.optimizer, i.task->n));
      restored.state(reader);
      if (const auto status = reader.finish(); status != RAVINE_OK) return status;
      i.algorithm.emplace(std::move(restored));
      return RAVINE_OK;
    });
  }

 private:
  static std::int32_t construct(Self& instance, const double* x) {
    return caught(instance, [&](Self& i) {
      const std::span<const double> start(x, i.task->n);
      i.algorithm.emplace(Start(*i.optimizer, *i.host, *i.task, *i.oracle, i.settings, start));
      return RAVINE_OK;
    });
  }
  // Before init, or after one that failed, there is no T to call.
  template <class Call>
  static std::int32_t guarded(void* self, Call&& call) {
    auto& instance = *static_cast<Self*>(self);
    return instance.algorithm ? caught(instance, std::forward<Call>(call)) : RAVINE_INVALID;
  }
  template <class Call>
  static std::int32_t caught(Self& instance, Call&& call) {
    const auto log = [&](const char* why) {
      instance.host->log(instance.host, RAVINE_LOG_ERROR, why);
    };
    try {
      return call(instance);
    } catch (const std::bad_alloc&) {
      log("out of memory");
      return RAVINE_OUT_OF_MEMORY;
    } catch (const Refused& e) {
      log(e.what());
      return e.status();
    } catch (const std::exception& e) {
      log(e.what());
    } catch (...) {
      log("unknown exception");
    }
    return RAVINE_FAILED;
  }
};

}  // namespace ravine::sdk
