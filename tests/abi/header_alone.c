/* plugin.h alone, twice, and one use of what it defines: compiled as C and C++ of every standard.
 */
#include "ravine/plugin.h"
/* the second time */
#include "ravine/plugin.h"

int uses(const ravine_optimizer* optimizer);
int uses(const ravine_optimizer* optimizer) {
  return RAVINE_HAS(optimizer, restore) &&
         (optimizer->needs & (RAVINE_VALUE | RAVINE_FULL_OBJECTIVE)) != RAVINE_FULL;
}
