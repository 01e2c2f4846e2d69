// Drawn shapes in three classes, after Bengio et al. 2009, section 5.
#pragma once

#include <cstdint>
#include <memory>

#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// Sides of the image, the shape's smallest and largest radii, and how far apart greys are.
inline constexpr Index kShapeSide = 32;
inline constexpr double kSmallestRadius = 6, kLargestRadius = 15, kLeastContrast = 0.25;

struct ShapesSpec {
  Counts counts;
  /// Of the training samples the first so many are basic: squares, circles, equilateral triangles
  /// (the paper's BasicShapes). All others are rectangles, ellipses, triangles (GeomShapes).
  std::uint64_t basic = 0;
  std::uint64_t seed = 0;
};

/// Grey images of 32 x 32 pixels in [0, 1]; sample i is of class i mod 3: rectangle 0, ellipse 1,
/// triangle 2. A shape is the affine image c + R(alpha) diag(a, b) R(beta) u of a square, a disc or
/// an equilateral triangle of circumradius 1, a and b uniform and equal in basic ones, angles
/// uniform and beta = 0 but for triangles, c uniform where the ellipse of radii a and b about the
/// shape is inside the image. Background and shape have one grey each, uniform where they differ by
/// kLeastContrast; a pixel is the shape's where its centre is. It is a generator of our own: the
/// paper states no ranges, so figures published for its sets do not carry over.
std::unique_ptr<Samples> shapes(const ShapesSpec& spec);

}  // namespace ravine::problems::nets
