/* One page's characters and objects, read in loops over pdfium's own functions into caller's arrays.
 *
 * The cost of reading a page from Python is the foreign-function call, not pdfium: seven calls a character are
 * 9.1 ms a page through ctypes and 2.85 ms (nothing over pdfium's own text) from here. Optional: bulk.py does the same
 * through ctypes where no compiler was at hand. Functions come in as a table of pointers, in the order of bulk.CALLS;
 * nothing is linked. Records have the layout of bulk.OBJECT, bulk.SPAN and bulk.POINT.
 */
#include <stdint.h>
#include <string.h>

#include "records.h"

typedef void *Handle;
typedef struct { float a, b, c, d, e, f; } Matrix;
typedef struct { float left, top, right, bottom; } Rect;

typedef struct {
    unsigned (*unicode)(Handle, int);
    int (*generated)(Handle, int);
    int (*map_error)(Handle, int);
    int (*origin)(Handle, int, double *, double *);
    int (*tight)(Handle, int, double *, double *, double *, double *);
    int (*loose)(Handle, int, Rect *);
    Handle (*char_object)(Handle, int);
    int (*char_matrix)(Handle, int, Matrix *);
    double (*char_size)(Handle, int);
    int (*page_count)(Handle);
    Handle (*page_object)(Handle, int);
    int (*form_count)(Handle);
    Handle (*form_object)(Handle, unsigned long);
    int (*kind)(Handle);
    int (*matrix)(Handle, Matrix *);
    int (*bounds)(Handle, float *, float *, float *, float *);
    int (*text_size)(Handle, float *);
    Handle (*text_font)(Handle);
    int (*text_mode)(Handle);
    int (*mark_count)(Handle);
    Handle (*mark)(Handle, unsigned long);
    int (*mark_blob)(Handle, const char *, unsigned char *, unsigned long, unsigned long *);
    int (*draw_mode)(Handle, int *, int *);
    int (*segment_count)(Handle);
    Handle (*segment)(Handle, int);
    int (*segment_point)(Handle, float *, float *);
    int (*segment_kind)(Handle);
    int (*segment_close)(Handle);
    int (*fill_color)(Handle, unsigned *, unsigned *, unsigned *, unsigned *);
    Handle (*clip)(Handle);
    int (*clip_count)(Handle);
} Calls;

typedef struct { uint64_t mark; int32_t first, count; } Span;
typedef struct { double x, y; int32_t kind, close; } Point;

typedef struct {
    int64_t objects, spans, bytes, points; /* room */
    int64_t depth, segments;               /* deepest form; segments read of one path */
} Room;
typedef struct { int64_t objects, spans, bytes, points, full; } Used;

typedef struct {
    const Calls *call;
    const Room *room;
    Used *used;
    Object *objects;
    Span *spans;
    unsigned char *bytes;
    Point *points;
} Walk;

/* The records' sizes and the number of calls, for the caller to compare with its own. */
int64_t thaikpi_layout(void)
{
    return (int64_t)sizeof(Object) << 48 | (int64_t)sizeof(Span) << 32 | (int64_t)sizeof(Point) << 16 |
           (int64_t)(sizeof(Calls) / sizeof(void *));
}

/* Whether a character's own ink is asked for: where marks stand over their letters, and where the mapping is in doubt. */
static int needs_ink(uint32_t code, uint8_t flags)
{
    return flags & 2 || code < 32 || (code >= 0xA1 && code < 0x370) || code == 0x0E31 || (code >= 0x0E34 && code <= 0x0E3A) ||
           (code >= 0x0E47 && code <= 0x0E4E) || code >= 0xE000;
}

/* Characters 0..count-1 of a text page. A run is a stretch of characters of one text object. Returns the runs. */
int64_t thaikpi_chars(const Calls *call, Handle page, int64_t count, uint32_t *code, uint8_t *flags, double *origin,
                      double *tight, float *loose, int32_t *run, uint64_t *run_object, float *run_matrix, double *run_size)
{
    int64_t runs = 0;
    Handle last = 0;
    for (int i = 0; i < count; i++) {
        Handle object = call->char_object(page, i);
        if (!runs || object != last) {
            run_object[runs] = (uintptr_t)object;
            call->char_matrix(page, i, (Matrix *)(run_matrix + 6 * runs));
            run_size[runs++] = call->char_size(page, i);
            last = object;
        }
        run[i] = (int32_t)(runs - 1);
        code[i] = call->unicode(page, i);
        flags[i] = call->map_error(page, i) == 1 ? 2 : 0;
        if ((code[i] == ' ' || code[i] == '\r' || code[i] == '\n') && call->generated(page, i) == 1) flags[i] |= 1;
        call->origin(page, i, origin + 2 * i, origin + 2 * i + 1);
        call->loose(page, i, (Rect *)(loose + 4 * i));
        if (needs_ink(code[i], flags[i])) {
            call->tight(page, i, tight + 4 * i, tight + 4 * i + 1, tight + 4 * i + 2, tight + 4 * i + 3);
        } else {
            Rect *rect = (Rect *)(loose + 4 * i);
            tight[4 * i] = rect->left, tight[4 * i + 1] = rect->right, tight[4 * i + 2] = rect->bottom, tight[4 * i + 3] = rect->top;
        }
    }
    return runs;
}

static Affine times(Matrix m, Affine n) /* first m, then n */
{
    Affine r = {m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d, m.c * n.a + m.d * n.c, m.c * n.b + m.d * n.d,
                m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
    return r;
}

static void place(Object *object, Affine to_page)
{
    double x[2] = {object->left, object->right}, y[2] = {object->bottom, object->top};
    for (int i = 0; i < 4; i++) {
        double px = to_page.a * x[i & 1] + to_page.c * y[i >> 1] + to_page.e;
        double py = to_page.b * x[i & 1] + to_page.d * y[i >> 1] + to_page.f;
        if (!i || px < object->left) object->left = px;
        if (!i || px > object->right) object->right = px;
        if (!i || py < object->bottom) object->bottom = py;
        if (!i || py > object->top) object->top = py;
    }
}

static void read_span(Walk *walk, Object *object, Handle handle)
{
    const Calls *call = walk->call;
    for (int i = call->mark_count(handle) - 1; i >= 0; i--) {
        Handle mark = call->mark(handle, (unsigned long)i);
        unsigned long length = 0;
        Used *used = walk->used;
        if (!mark) continue;
        if (used->spans && walk->spans[used->spans - 1].mark == (uintptr_t)mark) {
            object->mark = (uintptr_t)mark;
            return;
        }
        if (!call->mark_blob(mark, "ActualText", 0, 0, &length)) continue;
        if (used->spans >= walk->room->spans || used->bytes + (int64_t)length > walk->room->bytes) {
            used->full = 1;
            return;
        }
        Span span = {(uintptr_t)mark, (int32_t)used->bytes, (int32_t)length};
        if (length) call->mark_blob(mark, "ActualText", walk->bytes + used->bytes, length, &length);
        walk->spans[used->spans++] = span;
        used->bytes += span.count;
        object->mark = (uintptr_t)mark;
        return;
    }
}

static uint32_t fill_colour(const Calls *call, Handle handle)
{
    unsigned r = 0, g = 0, b = 0, a = 255;
    if (!call->fill_color(handle, &r, &g, &b, &a)) return 0x000000FFu;
    return (r & 255) << 24 | (g & 255) << 16 | (b & 255) << 8 | (a & 255);
}

static void read_path(Walk *walk, Object *object, Handle handle)
{
    const Calls *call = walk->call;
    int fill = 0, stroke = 0, count;
    call->draw_mode(handle, &fill, &stroke);
    object->mode = (fill ? 1 : 0) | (stroke ? 256 : 0);
    object->first = (int32_t)walk->used->points;
    if (!object->mode) return;
    object->fill = fill_colour(call, handle);
    count = call->segment_count(handle);
    if (count > walk->room->segments) count = (int)walk->room->segments;
    if (walk->used->points + count > walk->room->points) {
        walk->used->full = 1;
        return;
    }
    for (int i = 0; i < count; i++) {
        Handle segment = call->segment(handle, i);
        Point *point = walk->points + walk->used->points;
        float x = 0, y = 0;
        if (!segment || !call->segment_point(segment, &x, &y)) continue;
        point->x = object->matrix.a * x + object->matrix.c * y + object->matrix.e;
        point->y = object->matrix.b * x + object->matrix.d * y + object->matrix.f;
        point->kind = call->segment_kind(segment);
        point->close = call->segment_close(segment) ? 1 : 0;
        walk->used->points++;
        object->count++;
    }
}

static void read_object(Walk *walk, Handle handle, Affine to_page, int depth);

static void read_form(Walk *walk, Handle form, Affine to_page, int depth)
{
    int count = walk->call->form_count(form);
    for (int i = 0; i < count && !walk->used->full; i++)
        read_object(walk, walk->call->form_object(form, (unsigned long)i), to_page, depth);
}

static void read_object(Walk *walk, Handle handle, Affine to_page, int depth)
{
    const Calls *call = walk->call;
    Object *object;
    Matrix own = {1, 0, 0, 1, 0, 0};
    float left = 0, bottom = 0, right = 0, top = 0;
    if (!handle) return;
    if (walk->used->objects >= walk->room->objects) {
        walk->used->full = 1;
        return;
    }
    object = walk->objects + walk->used->objects++;
    memset(object, 0, sizeof *object);
    object->handle = (uintptr_t)handle;
    object->kind = call->kind(handle);
    object->depth = depth;
    call->matrix(handle, &own);
    object->matrix = times(own, to_page);
    call->bounds(handle, &left, &bottom, &right, &top);
    object->left = left, object->bottom = bottom, object->right = right, object->top = top;
    place(object, to_page);
    object->clipped = call->clip_count(call->clip(handle)) > 0;
    if (object->kind == 1) {
        object->fill = fill_colour(call, handle);
        call->text_size(handle, &object->size);
        object->font = (uintptr_t)call->text_font(handle);
        object->mode = call->text_mode(handle);
        read_span(walk, object, handle);
    } else if (object->kind == 2) {
        read_path(walk, object, handle);
    } else if (object->kind == 5 && depth < walk->room->depth) {
        read_form(walk, handle, object->matrix, depth + 1);
    }
}

/* Objects of a page in drawing order, those of forms in the form's place. used->full: more room is needed. */
void thaikpi_objects(const Calls *call, Handle page, const Room *room, Used *used, Object *objects, Span *spans,
                     unsigned char *bytes, Point *points)
{
    Walk walk = {call, room, used, objects, spans, bytes, points};
    Affine identity = {1, 0, 0, 1, 0, 0};
    int count = call->page_count(page);
    memset(used, 0, sizeof *used);
    for (int i = 0; i < count && !used->full; i++) read_object(&walk, call->page_object(page, i), identity, 0);
}
