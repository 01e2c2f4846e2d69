// What a run left in its database.
#pragma once

#include <filesystem>
#include <string>

namespace ravine::test {

/// The rows of a query, a line each, values separated by "|", reals with 17 digits. A database that
/// is not there or not one is "error: ...".
std::string sql(const std::filesystem::path& database, const std::string& query);

/// All that the seed decides: the trial, hit and trace tables, of the trials that `where` admits.
std::string results_of(const std::filesystem::path& database, const std::string& where = "1");

/// Number of trials stored.
int trials_in(const std::filesystem::path& database);

}  // namespace ravine::test
