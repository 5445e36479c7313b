/* Records that bulk.c fills and glyphs.c reads; bulk.OBJECT has the same layout. */
#ifndef RECORDS_H
#define RECORDS_H
#include <stdint.h>

typedef struct { double a, b, c, d, e, f; } Affine; /* doubles and one order of operations: ctypes' path computes the same bits */

typedef struct {
    uint64_t handle, font, mark;
    int32_t kind, mode, first, count; /* mode: text render mode, or fill | stroke << 8; first, count: points of a path */
    Affine matrix;                    /* to page space */
    double left, bottom, right, top;  /* in page space */
    float size;                       /* type size before the matrix */
    uint32_t fill;                    /* RGBA */
    int32_t clipped, depth;
} Object;

typedef struct { /* as glyphs.Glyphs; origin: x, y; box, ink: left, top, right, bottom; as shown, points */
    int64_t count;
    const uint32_t *code;
    const int64_t *owner;
    const double *origin, *box, *ink, *size, *direction, *part, *parts, *pad;
} Glyphs;
#endif
