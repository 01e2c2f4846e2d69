// The tables of a library and its one exported symbol, all of them constants of the compiler's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "ravine/sdk/about.hpp"
#include "ravine/sdk/callbacks.hpp"

namespace ravine::sdk {

// A function of a known name that does not fit would otherwise be left out without a word.
// NOLINTBEGIN(bugprone-macro-parentheses): names of a concept and of a member
#define RAVINE_FITS(fits, function)           \
  static_assert(                              \
      fits<T> || !requires { &T::function; }, \
      #function " has other arguments or another result than the SDK calls it with")
// NOLINTEND(bugprone-macro-parentheses)

template <class T>
struct Tables {
  static_assert(Steps<T> || Runs<T>, "an optimizer has a function step or a function run");
  RAVINE_FITS(Steps, step);
  RAVINE_FITS(Runs, run);
  RAVINE_FITS(TakesStages, stage);
  RAVINE_FITS(HasJudgedPoint, judged_point);

  static constexpr auto kParameters = [] {
    if constexpr (requires { T::kParameters; }) {
      std::array<const ravine_parameter*, std::size(T::kParameters)> pointers{};
      for (std::size_t i = 0; i < pointers.size(); ++i) pointers[i] = &T::kParameters[i];
      return pointers;
    } else {
      return std::array<const ravine_parameter*, 0>{};
    }
  }();
  // First those that it needs, then those that it only uses.
  static constexpr std::size_t kNeeded = T::kAbout.needs_extensions.size();
  static constexpr auto kExtensions = [] {
    std::array<const char*, kNeeded + T::kAbout.uses_extensions.size()> names{};
    std::size_t count = 0;
    for (const char* name : T::kAbout.needs_extensions) names[count++] = name;
    for (const char* name : T::kAbout.uses_extensions) names[count++] = name;
    return names;
  }();

  static constexpr ravine_optimizer kOptimizer = [] {
    constexpr About a = T::kAbout;
    ravine_optimizer o{};
    o.struct_size = sizeof o;
    o.id = a.id;
    o.name = a.name;
    o.version = a.version;
    o.author = a.author;
    o.license = a.license;
    o.summary = a.summary;
    o.paper = a.paper;
    o.parameters = kParameters.empty() ? nullptr : kParameters.data();
    o.parameter_count = kParameters.size();
    o.needs = a.needs;
    o.uses = a.needs | a.uses;
    o.traits = a.traits;
    o.threads = 1;
    o.needs_extensions = kNeeded == 0 ? nullptr : kExtensions.data();
    o.needs_extension_count = kNeeded;
    o.uses_extensions = kExtensions.empty() ? nullptr : kExtensions.data();
    o.uses_extension_count = kExtensions.size();
    o.create = &Callbacks<T>::create;
    o.destroy = &Callbacks<T>::destroy;
    o.init = &Callbacks<T>::init;
    o.reset = &Callbacks<T>::reset;
    if constexpr (Steps<T>) o.step = &Callbacks<T>::step;
    if constexpr (Runs<T>) o.run = &Callbacks<T>::run;
    if constexpr (TakesStages<T>) o.stage = &Callbacks<T>::stage;
    if constexpr (HasJudgedPoint<T>) o.judged_point = &Callbacks<T>::judged_point;
    if constexpr (HasState<T>) {
      o.save = &Callbacks<T>::save;
      o.restore = &Callbacks<T>::restore;
    }
    return o;
  }();
};
#undef RAVINE_FITS

template <class... Ts>
struct Library {
  static constexpr std::array<const ravine_optimizer*, sizeof...(Ts)> kPointers{
      &Tables<Ts>::kOptimizer...};
  static constexpr ravine_optimizer_factory kFactory{sizeof(ravine_optimizer_factory),
                                                     kPointers.data(), kPointers.size()};
  static const void* factory(const char* id) {
    return std::strcmp(id, RAVINE_OPTIMIZERS) == 0 ? &kFactory : nullptr;
  }
};

}  // namespace ravine::sdk

/// Defines the entry of a library that offers the given classes.
#define RAVINE_PLUGIN(library_name, library_version, ...)                                         \
  RAVINE_EXPORT const ravine_plugin* ravine_plugin_v1(std::uint64_t, char*, std::uint64_t) {      \
    static constexpr ravine_plugin kPlugin{sizeof(ravine_plugin), RAVINE_ABI_MINOR, library_name, \
                                           library_version,                                       \
                                           &ravine::sdk::Library<__VA_ARGS__>::factory};          \
    return &kPlugin;                                                                              \
  }
