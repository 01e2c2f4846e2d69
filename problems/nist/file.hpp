// The files of NIST's Statistical Reference Datasets for nonlinear regression (.dat).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace ravine::problems::nist {

/// One file. n parameters b1, b2, ...; m observations.
struct File {
  std::string set;                            ///< "Misra1a"
  std::array<std::vector<double>, 2> starts;  ///< NIST's start 1 and start 2, n each
  std::vector<double> certified;              ///< n, to 11 digits
  std::vector<double> deviations;             ///< their certified standard deviations, n
  double residual_sum = 0;                    ///< certified, of squares, to 11 digits
  std::size_t predictors = 1;
  std::vector<double> y;  ///< m
  std::vector<double> x;  ///< m x predictors, row-major
};

/// Reads NIST's own text format: the header says in which lines starting values, certified values
/// and data stand. Lines may end in CR LF. Throws ProblemError, which names the file, the line,
/// what was expected and what was found; so does a file whose parts contradict each other.
File read_file(const std::string& path);

}  // namespace ravine::problems::nist
