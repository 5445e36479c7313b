/* A page's characters in content order: what glyphs.gather computes for an upright page without ActualText, to the same bits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

enum { SPACE = 0x20, HYPHEN = 0x2D, UNMAPPED = 0xFFFD, GENERATED = 1, MAP_ERROR = 2 };
static const double RESTORED_SPACE = 0.2;

typedef struct { /* as bulk.Chars */
    int64_t count, runs;
    const uint32_t *code;
    const uint8_t *flags;
    const double *origin, *tight;
    const float *loose;
    const int32_t *run;
    const uint64_t *run_object;
    const float *run_matrix;
    const double *run_size;
} Chars;

typedef struct { /* as Glyphs, to be filled */
    uint32_t *code;
    int64_t *owner;
    double *origin, *box, *ink, *size, *direction, *part, *parts, *pad;
    int64_t *charcode;
} Places;

typedef struct { /* text objects in drawing order: rows of the table of all objects */
    int64_t count;
    const int64_t *rows;
    const Object *table;
} Texts;

int64_t thaikpi_glyphs_layout(void)
{
    return (int64_t)sizeof(Chars) << 32 | (int64_t)sizeof(Places) << 16 | (int64_t)sizeof(Texts);
}

static int64_t slot_of(uint64_t handle, int64_t slots) { return (int64_t)((handle * 0x9E3779B97F4A7C15u) >> 20) & (slots - 1); }

/* Number of the text object of every run, the texts' count for one that is none of them. Returns 0 without memory. */
static int find_owners(const Chars *c, const Texts *t, int64_t *owner)
{
    int64_t slots = 16;
    int32_t *table;
    while (slots < 2 * t->count) slots *= 2;
    table = malloc((size_t)slots * sizeof *table);
    if (!table) return 0;
    memset(table, 0xFF, (size_t)slots * sizeof *table);
    for (int64_t i = 0; i < t->count; i++) {
        uint64_t handle = t->table[t->rows[i]].handle;
        int64_t slot = slot_of(handle, slots);
        while (table[slot] >= 0 && t->table[t->rows[table[slot]]].handle != handle) slot = (slot + 1) & (slots - 1);
        if (table[slot] < 0) table[slot] = (int32_t)i; /* of a form drawn twice the first drawing counts */
    }
    for (int64_t r = 0; r < c->runs; r++) {
        int64_t slot = slot_of(c->run_object[r], slots);
        while (table[slot] >= 0 && t->table[t->rows[table[slot]]].handle != c->run_object[r]) slot = (slot + 1) & (slots - 1);
        owner[r] = table[slot] < 0 ? t->count : table[slot];
    }
    free(table);
    return 1;
}

static uint32_t code_of(uint32_t code, int unmapped)
{
    if (unmapped) return UNMAPPED;
    if (code >= SPACE) return code;
    return code == 2 ? HYPHEN : code == 9 || code == 10 || code == 13 ? SPACE : UNMAPPED;
}

/* left, top, right, bottom as shown. a, d, e, f: of the frame's matrix, a > 0 > d. */
static void put_box(double *to, const double *frame, double left, double bottom, double right, double top)
{
    to[0] = frame[0] * left + frame[4], to[2] = frame[0] * right + frame[4];
    to[1] = frame[3] * top + frame[5], to[3] = frame[3] * bottom + frame[5];
}

static void put_character(const Chars *c, int64_t i, int64_t owner, const double *frame, const Places *p, int64_t at)
{
    int unmapped = (c->flags[i] & MAP_ERROR) != 0;
    const float *matrix = c->run_matrix + 6 * c->run[i], *loose = c->loose + 4 * i;
    const double *tight = c->tight + 4 * i;
    double size = fabs(c->run_size[c->run[i]]) * hypot((double)matrix[2], (double)matrix[3]);
    p->code[at] = code_of(c->code[i], unmapped), p->owner[at] = owner;
    p->origin[2 * at] = frame[0] * c->origin[2 * i] + frame[4], p->origin[2 * at + 1] = frame[3] * c->origin[2 * i + 1] + frame[5];
    put_box(p->box + 4 * at, frame, loose[0], loose[3], loose[2], loose[1]);
    put_box(p->ink + 4 * at, frame, tight[0], tight[2], tight[1], tight[3]);
    p->size[at] = size > 0 ? size : 1.0, p->pad[at] = 0.0;
    p->charcode[at] = unmapped ? (int64_t)c->code[i] : -1;
}

static int is_lost_space(const Object *o) { return !o->mark && o->right - o->left <= 0.01; }

static void put_space(const Object *o, int64_t owner, const double *frame, const Places *p, int64_t at)
{
    double size = fabs((double)o->size) * hypot(o->matrix.c, o->matrix.d);
    double x = frame[0] * o->matrix.e + frame[4], y = frame[3] * o->matrix.f + frame[5];
    size = size > 0.1 ? size : 0.1;
    p->code[at] = SPACE, p->owner[at] = owner, p->origin[2 * at] = x, p->origin[2 * at + 1] = y;
    for (int i = 0; i < 4; i++) p->box[4 * at + i] = p->ink[4 * at + i] = i & 1 ? y : x;
    p->size[at] = size, p->pad[at] = RESTORED_SPACE * size, p->charcode[at] = -1;
}

static int is_upright(double a, double b) { return b == 0 && a > 0; }

enum { HEARD = 1, LOST = 2 };

/* Which text objects are white space that the text page dropped; 0 where one of them is turned. */
static int find_lost(const Texts *t, const int64_t *owner, int64_t runs, uint8_t *state)
{
    memset(state, 0, (size_t)t->count + 1);
    for (int64_t r = 0; r < runs; r++) state[owner[r]] = HEARD;
    for (int64_t i = 0; i < t->count; i++) {
        const Object *o = t->table + t->rows[i];
        if (state[i] || !is_lost_space(o)) continue;
        if (!is_upright(o->matrix.a, o->matrix.b)) return 0;
        state[i] = LOST;
    }
    return 1;
}

/* Characters and lost spaces by text object, those of one as they come. next: for every object the place of its next glyph. */
static int64_t put_all(const Chars *c, const Texts *t, const double *frame, const int64_t *owner, const uint8_t *state, int64_t *next,
                       const Places *p)
{
    int64_t count = 0;
    memset(next, 0, (size_t)(t->count + 1) * sizeof *next);
    for (int64_t i = 0; i < c->count; i++)
        if (!(c->flags[i] & GENERATED)) next[owner[c->run[i]]]++;
    for (int64_t k = 0; k <= t->count; k++) {
        int64_t here = next[k] + (state[k] == LOST);
        next[k] = count, count += here;
    }
    for (int64_t i = 0; i < c->count; i++)
        if (!(c->flags[i] & GENERATED)) put_character(c, i, owner[c->run[i]], frame, p, next[owner[c->run[i]]]++);
    for (int64_t k = 0; k < t->count; k++)
        if (state[k] == LOST) put_space(t->table + t->rows[k], k, frame, p, next[k]);
    for (int64_t at = 0; at < count; at++) p->direction[at] = 0.0, p->part[at] = 0.0, p->parts[at] = 1.0;
    return count;
}

/* The glyphs' count, or -1 where glyphs.gather has to do it. places: room for every character and every text object. */
int64_t thaikpi_glyphs(const Chars *c, const Texts *t, const double *frame, const Places *p)
{
    int64_t *owner, *next, count = -1;
    uint8_t *state;
    if (frame[1] != 0 || frame[2] != 0 || !(frame[0] > 0) || !(frame[3] < 0)) return -1;
    for (int64_t r = 0; r < c->runs; r++)
        if (!is_upright(c->run_matrix[6 * r], c->run_matrix[6 * r + 1])) return -1;
    owner = malloc((size_t)(c->runs + t->count + 1) * sizeof *owner + (size_t)t->count + 1);
    if (!owner) return -1;
    next = owner + c->runs, state = (uint8_t *)(next + t->count + 1);
    if (find_owners(c, t, owner) && find_lost(t, owner, c->runs, state)) count = put_all(c, t, frame, owner, state, next, p);
    free(owner);
    return count;
}
