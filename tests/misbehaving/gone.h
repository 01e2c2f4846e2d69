/* See gone.c. */
#ifndef RAVINE_MISBEHAVING_GONE_H
#define RAVINE_MISBEHAVING_GONE_H
__attribute__((visibility("default"))) double gone(void);
#endif
