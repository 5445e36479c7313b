/* Characters that read from left to right to clusters, rows and text, in one pass over plain arrays.
 *
 * What clusters.py, columns.py (its cheap first question) and rows.py compute with some 150 small array operations, 2 ms a page,
 * computed here number by number in the same order, to the same bits (tests/extract/pdf/test_setting.py). Optional as bulk.c is.
 * What is rare stays there alone: thaikpi_clusters and thaikpi_rows give up (a count below 0) on ghosts, tails, fonts without
 * advances, letters drawn twice, baselines that drift and numbers that are none; the caller then goes the other way.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"

typedef struct { /* as clusters.Clusters, and the clusters' rows */
    int64_t count, columns; /* clusters; columns: whether the page may have some */
    int64_t *cluster;
    uint8_t *mark;
    double *glyph_x;
    double *x0, *x1, *y, *size;
    uint32_t *head;
    int64_t *head_owner, *row;
} Clusters;

typedef struct { /* as rows.Rows, places rounded; heavy: bold characters of a row */
    int64_t count, rows;
    uint32_t *code;
    double *x0, *x1;
    int64_t *start, *heavy;
    double *top, *bottom, *size;
} Rows;

/* The names are those of clusters.py, rows.py, columns.py and lines.py, which say where the figures come from. */
static const double NO_ADVANCE = 0.05, HOVER = 0.45, OWN_CELL = 0.3, PART = 0.02, OVERHUNG = 0.15, SAME_LINE = 0.5, OVERHANG = 0.1,
                    FAR_MARK = 0.35, WIDTHLESS_FONT = 0.3, ONE_BASELINE = 0.28, SPREAD = 0.5, REPEATED = 0.12, GAP = 0.16,
                    TOUCHING = 0.1, CLOSE = 0.02, GUTTER = 0.8, ASCENT = 0.8, DESCENT = 0.2;
enum { SPACE = 0x20, UNMAPPED = 0xFFFD, SARA_AA = 0x0E32, SARA_AM = 0x0E33, LAKKHANGYAO = 0x0E45 };
enum { ENOUGH_GAPS = 8, FEWEST_ROWS = 4, FEWEST_LETTERS = 12 };

int64_t thaikpi_setting_layout(void)
{
    return (int64_t)sizeof(Glyphs) << 32 | (int64_t)sizeof(Clusters) << 16 | (int64_t)sizeof(Rows);
}

static int is_mark(uint32_t c)
{
    return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E) || (c >= 0x0300 && c <= 0x036F) ||
           (c >= 0xF701 && c <= 0xF70E) || (c >= 0xF710 && c <= 0xF71A) || (c >= 0xF0000 && c < 0xF8000);
}

static int may_be_mark(uint32_t c) { return c == UNMAPPED || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xA1 && c < 0x250); }
static int is_consonant(uint32_t c) { return c >= 0x0E01 && c <= 0x0E2E; }
static int without_width(uint32_t c) { return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }
static int is_lone(uint32_t c) { return c == SPACE || without_width(c); }
static int in_number(uint32_t c) { return (c >= 0x30 && c <= 0x39) || (c >= 0x0E50 && c <= 0x0E59) || c == 0x2E || c == 0x2C; }

static int is_letter(uint32_t c)
{
    return (c >= 0x41 && c <= 0x7A) || (c >= 0xC0 && c < 0x2000 && !(c >= 0x0E50 && c <= 0x0E59));
}

static double rounded(double v) { return rint(v * 100.0) / 100.0; }
static double least(double a, double b) { return b < a ? b : a; }
static double most(double a, double b) { return b > a ? b : a; }

static int all_finite(const double *values, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return 0;
    return 1;
}

/* Indices in the order of their keys, equal ones as they were. */
static void sorted(const double *key, int64_t count, int32_t *order, int32_t *spare)
{
    const int64_t RUN = 16;
    for (int64_t first = 0; first < count; first += RUN) {
        int64_t end = first + RUN < count ? first + RUN : count;
        for (int64_t i = first; i < end; i++) {
            int64_t j = i;
            for (; j > first && key[order[j - 1]] > key[i]; j--) order[j] = order[j - 1];
            order[j] = (int32_t)i;
        }
    }
    for (int64_t width = RUN; width < count; width *= 2)
        for (int64_t first = 0; first + width < count; first += 2 * width) {
            int64_t middle = first + width, end = middle + width < count ? middle + width : count, a = 0, b = middle, to = first;
            if (key[order[middle - 1]] <= key[order[middle]]) continue;
            memcpy(spare, order + first, (size_t)width * sizeof *spare);
            while (a < width && b < end) order[to++] = key[order[b]] < key[spare[a]] ? order[b++] : spare[a++];
            while (a < width) order[to++] = spare[a++];
        }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* ---- clusters ---- */

typedef struct { /* glyphs proper: characters of one drawn sign joined */
    int64_t count;
    int32_t *start;
    uint32_t *code;
    int64_t *owner;
    double *x0, *x1, *y, *size, *ink0, *ink1, *middle, *reached;
    uint8_t *empty, *mark;
    int32_t *before, *host;
} Signs;

/* Whether a character's box may be that of the one before it, or the next part of it. */
static int one_box(const Glyphs *g, int64_t i)
{
    const double *box = g->box + 4 * i, *last = box - 4;
    int part = fabs(box[0] - last[2]) < 0.01 && box[0] > g->origin[2 * i] + PART * g->size[i];
    if (fabs(box[1] - last[1]) > 0.01 || fabs(box[3] - last[3]) > 0.01) return 0;
    return part || !(fabs(box[0] - last[0]) > 0.01 || fabs(box[2] - last[2]) > 0.01);
}

/* Whether a character is drawn in one sign with the one before it, but for what a mark at the sign's beginning says. */
static int drawn_with_last(const Glyphs *g, int64_t i, double x0, double last_x0)
{
    if (g->owner[i] != g->owner[i - 1] || !(fabs(x0 - last_x0) < 1e-4)) return 0;
    if (!(fabs(g->origin[2 * i + 1] - g->origin[2 * i - 1]) < 1e-4) || !one_box(g, i)) return 0;
    return !is_lone(g->code[i]) && !is_lone(g->code[i - 1]);
}

static void join_signs(const Glyphs *g, Signs *s, int32_t *sign_of)
{
    double last_x0 = 0;
    int begun_by_mark = 0;
    s->count = 0;
    for (int64_t i = 0; i < g->count; i++) {
        double along = g->origin[2 * i], end = most(g->box[4 * i + 2], along + g->pad[i]), step = (end - along) / g->parts[i];
        double x0 = along + step * g->part[i], x1 = x0 + step, ink0 = g->ink[4 * i], ink1 = g->ink[4 * i + 2];
        int same = i && drawn_with_last(g, i, x0, last_x0), mark = is_mark(g->code[i]), k;
        int apart = same && begun_by_mark && is_mark(g->code[i - 1]) && !mark; /* a mark has no advance: the next letter has its origin */
        if (!same) begun_by_mark = mark;
        last_x0 = x0;
        if (same && !apart) {
            k = (int)s->count - 1;
            s->x1[k] = most(s->x1[k], x1), s->ink0[k] = least(s->ink0[k], ink0), s->ink1[k] = most(s->ink1[k], ink1);
        } else {
            k = (int)s->count++;
            s->start[k] = (int32_t)i, s->code[k] = g->code[i], s->owner[k] = g->owner[i], s->size[k] = g->size[i];
            s->x0[k] = x0, s->x1[k] = x1, s->y[k] = g->origin[2 * i + 1], s->ink0[k] = ink0, s->ink1[k] = ink1;
        }
        sign_of[i] = k;
    }
}

static int without_advance(const Signs *s, int64_t k)
{
    double width = s->x1[k] - s->x0[k], size = s->size[k];
    int backwards = s->ink0[k] < s->x0[k] - OVERHANG * size && fabs(s->x1[k] - s->ink1[k]) < 0.01;
    return width < NO_ADVANCE * size || (backwards && width < OVERHUNG * size);
}

/* Which signs have no advance; 0 where the page shows what only clusters.py handles. */
static int find_empty(const Glyphs *g, Signs *s)
{
    int64_t letters = 0, without = 0, tails = 0;
    for (int64_t k = 0; k < s->count; k++) {
        int64_t end = k + 1 < s->count ? s->start[k + 1] : g->count;
        int letter = !is_mark(s->code[k]) && s->code[k] != SPACE;
        s->empty[k] = (uint8_t)without_advance(s, k);
        letters += letter, without += letter && s->empty[k];
        if (k && s->empty[k] && is_consonant(s->code[k])) return 0;
        tails += is_consonant(s->code[k]) && end - s->start[k] >= 2 && g->code[end - 1] == SARA_AM;
    }
    return tails < 2 && !(letters && (double)without / (double)letters >= WIDTHLESS_FONT);
}

static int hovers(const Glyphs *g, int64_t i)
{
    double height = g->origin[2 * i + 1] - g->ink[4 * i + 3];
    return g->code[i] == UNMAPPED && height > HOVER * g->size[i] && fabs(g->direction[i]) < 1;
}

/* Whether the letter lies on the mark's line and under the middle of its ink. */
static int is_under(const Signs *s, int64_t letter, double middle, double y)
{
    double size = s->size[letter], slack = OVERHANG * size;
    return fabs(s->y[letter] - y) < SAME_LINE * size && s->x0[letter] - slack <= middle &&
           middle <= most(s->x1[letter], s->x0[letter]) + slack && s->code[letter] != SPACE;
}

/* Whether a mark stands over the consonant before the letter before it: written one letter late. */
static int left_behind(const Signs *s, int64_t at)
{
    int64_t host = s->before[at], earlier = host > 0 ? s->before[host - 1] : -1;
    double middle = s->middle[at], size;
    if (host <= 0) return 0;
    if (earlier < 0) earlier = 0;
    size = s->size[host];
    return s->x0[earlier] <= middle && middle < s->x1[earlier] && middle < s->x0[host] &&
           fabs(s->x1[earlier] - s->x0[host]) < OVERHANG * size && fabs(s->y[earlier] - s->y[at]) < SAME_LINE * size &&
           s->ink1[at] - s->ink0[at] < size && is_consonant(s->code[earlier]) && s->ink1[at] > s->ink0[at];
}

/* The letter under a displaced mark; else the one before it in the content if that is near; else the mark itself. */
static int64_t nearest(const Signs *s, int64_t at)
{
    int64_t before = s->before[at], found = -1;
    double middle = s->middle[at], distance = 0;
    for (int64_t k = 0; k < s->count; k++) {
        double off;
        if (s->mark[k] || !is_under(s, k, middle, s->y[at])) continue;
        off = fabs((s->x0[k] + s->x1[k]) / 2 - middle);
        if (found < 0 || off < distance) found = k, distance = off;
    }
    if (found >= 0) return found;
    if (before >= 0 && s->code[before] != SPACE && fabs(s->y[before] - s->y[at]) < SAME_LINE * s->size[before]) {
        double far = FAR_MARK * s->size[before];
        if (s->x0[before] - far <= s->x0[at] && s->x0[at] <= s->x1[before] + far) return before;
    }
    return at;
}

static void find_hosts(const Glyphs *g, Signs *s)
{
    int32_t before = -1;
    for (int64_t k = 0; k < s->count; k++) {
        s->mark[k] = (uint8_t)(is_mark(s->code[k]) || (s->empty[k] && may_be_mark(s->code[k])) || hovers(g, s->start[k]));
        s->middle[k] = s->ink1[k] > s->ink0[k] ? (s->ink0[k] + s->ink1[k]) / 2 : s->x0[k] - NO_ADVANCE * s->size[k];
        if (!s->mark[k]) before = (int32_t)k;
        s->before[k] = before;
        s->host[k] = s->mark[k] && before >= 0 ? before : (int32_t)k;
    }
    for (int64_t k = 0; k < s->count; k++) {
        int32_t host = s->before[k];
        if (!s->mark[k] || (host >= 0 && is_under(s, host, s->middle[k], s->y[k]) && !left_behind(s, k))) continue;
        s->host[k] = (int32_t)nearest(s, k);
    }
}

/* A letter reaches to where the last mark drawn with it was left. */
static void space_out(Signs *s)
{
    memcpy(s->reached, s->x1, (size_t)s->count * sizeof *s->x1);
    for (int64_t k = 0; k < s->count; k++) {
        int64_t host = s->host[k];
        double reach = s->x1[k] - s->x0[k] > OWN_CELL * s->size[k] ? s->x1[k] : s->x0[k];
        if (!s->mark[k] || s->owner[host] != s->owner[k] || host >= k || !(reach > s->x1[host])) continue;
        if (s->x0[k] - s->x1[host] < s->size[host]) s->reached[host] = most(s->reached[host], reach);
    }
}

/* Numbers of the rows, downwards; 0 where baselines drift. */
static int find_rows(Clusters *c, int32_t *order, int32_t *spare)
{
    int64_t row = 0;
    double first, widest;
    sorted(c->y, c->count, order, spare);
    first = c->y[order[0]], widest = c->size[order[0]];
    for (int64_t i = 0; i < c->count; i++) {
        int64_t k = order[i], last = i ? order[i - 1] : k;
        if (i && c->y[k] - c->y[last] > ONE_BASELINE * least(c->size[k], c->size[last])) {
            row++, first = c->y[k], widest = c->size[k];
        }
        widest = most(widest, c->size[k]);
        c->row[k] = row;
        if (i + 1 == c->count || c->y[order[i + 1]] - c->y[k] > ONE_BASELINE * least(c->size[order[i + 1]], c->size[k]))
            if (c->y[k] - first > SPREAD * widest) return 0;
    }
    return 1;
}

static double spread_of(const double *values, int64_t count)
{
    double low = values[0], high = values[0];
    for (int64_t i = 1; i < count; i++) low = least(low, values[i]), high = most(high, values[i]);
    return high - low;
}

typedef struct { double *left, *right; int64_t count; } Ends; /* of rows with enough letters */

static int stands_apart(const Ends *ends, double place)
{
    int64_t right = 0, left = 0;
    for (int64_t i = 0; i < ends->count; i++) right += ends->left[i] >= place, left += ends->right[i] <= place;
    return right >= FEWEST_ROWS && left >= FEWEST_ROWS;
}

/* columns._may_have_columns: whether gaps are wide enough, with letters on both sides, or rows begin where others have ended. */
static int may_have_columns(const Clusters *c, double *key, int32_t *visible, int32_t *order, int32_t *spare, Ends *ends)
{
    int64_t count = 0, broken = 0;
    double width, low_left, high_left, low_right, high_right;
    for (int64_t k = 0; k < c->count; k++)
        if (c->head[k] != SPACE) key[count] = c->x0[k], visible[count++] = (int32_t)k;
    if (count < 2 * FEWEST_ROWS * FEWEST_LETTERS) return 0;
    width = spread_of(key, count) + 1.0;
    for (int64_t i = 0; i < count; i++) key[i] = (double)c->row[visible[i]] * width + key[i];
    sorted(key, count, order, spare);
    ends->count = 0;
    for (int64_t first = 0, end; first < count; first = end) {
        int64_t letters = 0, before = 0, row = c->row[visible[order[first]]];
        for (end = first; end < count && c->row[visible[order[end]]] == row; end++) letters += is_letter(c->head[visible[order[end]]]);
        for (int64_t i = first; i < end; i++) {
            int64_t k = visible[order[i]];
            if (i > first && c->x0[k] - c->x1[visible[order[i - 1]]] > GUTTER * c->size[k])
                broken += before >= FEWEST_LETTERS && letters - before >= FEWEST_LETTERS;
            before += is_letter(c->head[k]);
        }
        if (letters < FEWEST_LETTERS) continue;
        ends->left[ends->count] = c->x0[visible[order[first]]];
        ends->right[ends->count++] = c->x1[visible[order[end - 1]]];
    }
    if (broken >= FEWEST_ROWS) return 1;
    if (ends->count < FEWEST_ROWS) return 0;
    low_right = high_right = ends->right[0];
    for (int64_t i = 0; i < ends->count; i++) low_right = least(low_right, ends->right[i]), high_right = most(high_right, ends->right[i]);
    memcpy(key, ends->left, (size_t)ends->count * sizeof *key);
    qsort(key, (size_t)ends->count, sizeof *key, ascending);
    low_left = key[0], high_left = key[ends->count - 1];
    if (high_left < low_right) return 0; /* none begins where another has ended */
    if (stands_apart(ends, ends->count % 2 ? key[ends->count / 2] : (key[ends->count / 2 - 1] + key[ends->count / 2]) / 2)) return 1;
    return stands_apart(ends, (low_left + high_right) / 2);
}

static void gather_clusters(const Glyphs *g, const Signs *s, const int32_t *sign_of, int32_t *rank, Clusters *c)
{
    c->count = 0;
    for (int64_t k = 0; k < s->count; k++) {
        int64_t to = c->count;
        rank[k] = (int32_t)to;
        if (s->host[k] != k) continue;
        c->x0[to] = s->x0[k], c->x1[to] = most(s->reached[k], s->x0[k]), c->y[to] = s->y[k], c->size[to] = s->size[k];
        c->head[to] = s->code[k], c->head_owner[to] = s->owner[k];
        c->count++;
    }
    for (int64_t i = 0; i < g->count; i++) {
        int32_t sign = sign_of[i], host = s->host[sign];
        c->cluster[i] = rank[host], c->mark[i] = host != sign, c->glyph_x[i] = s->x0[sign];
    }
}

static int all_numbers(const Glyphs *g)
{
    return all_finite(g->origin, 2 * g->count) && all_finite(g->box, 4 * g->count) && all_finite(g->ink, 4 * g->count) &&
           all_finite(g->size, g->count) && all_finite(g->part, g->count) && all_finite(g->parts, g->count) &&
           all_finite(g->pad, g->count);
}

/* Clusters, their rows and whether they may stand in columns. Returns their count, or -1. */
int64_t thaikpi_clusters(const Glyphs *g, Clusters *c)
{
    size_t n = (size_t)g->count;
    double *numbers;
    int32_t *indices;
    Signs s;
    int fine = 0;
    if (!n || g->count > INT32_MAX / 4 || !all_numbers(g)) return -1;
    numbers = malloc(n * (8 * sizeof *numbers + 6 * sizeof *indices + sizeof *s.owner + sizeof *s.code + 2));
    if (!numbers) return -1;
    s.x0 = numbers, s.x1 = numbers + n, s.y = numbers + 2 * n, s.size = numbers + 3 * n, s.ink0 = numbers + 4 * n;
    s.ink1 = numbers + 5 * n, s.middle = numbers + 6 * n, s.reached = numbers + 7 * n;
    s.owner = (int64_t *)(numbers + 8 * n), indices = (int32_t *)(s.owner + n), s.code = (uint32_t *)(indices + 6 * n);
    s.start = indices, s.before = indices + n, s.host = indices + 2 * n;
    s.empty = (uint8_t *)(s.code + n), s.mark = s.empty + n;
    join_signs(g, &s, indices + 3 * n);
    if (find_empty(g, &s)) {
        find_hosts(g, &s);
        space_out(&s);
        gather_clusters(g, &s, indices + 3 * n, indices + 4 * n, c);
        fine = find_rows(c, indices, indices + n);
        if (fine) {
            Ends ends = {s.x1, s.y, 0}; /* the signs have had their say: their room is free */
            c->columns = may_have_columns(c, s.x0, indices, indices + n, indices + 2 * n, &ends);
        }
    }
    free(numbers);
    return fine ? c->count : -1;
}

/* ---- rows ---- */

typedef struct {
    double *key, *gap, *spacing, *some;
    int32_t *order, *spare, *place, *chars, *counts, *wide;
    uint8_t *space, *hidden;
} Setting;

/* The clusters row by row from left to right; 0 where a letter is drawn twice. */
static int put_in_order(const Clusters *c, Setting *t)
{
    double width;
    for (int64_t k = 0; k < c->count; k++) t->gap[k] = rounded(c->x0[k]);
    width = spread_of(t->gap, c->count) + 1.0;
    for (int64_t k = 0; k < c->count; k++) t->key[k] = (double)c->row[k] * width + t->gap[k];
    sorted(t->key, c->count, t->order, t->spare);
    for (int64_t i = 1; i < c->count; i++) {
        int64_t k = t->order[i], last = t->order[i - 1];
        if (c->head[k] == SPACE || c->head[k] != c->head[last] || c->row[k] != c->row[last]) continue;
        if (c->head_owner[k] == c->head_owner[last] || !(c->x1[k] - c->x0[k] > REPEATED * c->size[k])) continue;
        if (c->x0[k] - c->x0[last] < REPEATED * c->size[k]) return 0;
    }
    return 1;
}

/* Spaces over which a number runs go. Returns the clusters that stay in order. */
static int64_t drop_hidden(const Clusters *c, Setting *t)
{
    int64_t last = -1, kept = 0;
    memset(t->hidden, 0, (size_t)c->count);
    for (int64_t i = 0; i < c->count; i++) {
        int64_t k = t->order[i], before;
        if (c->head[k] == SPACE) continue;
        if (last >= 0 && i - last > 1) {
            before = t->order[last];
            if (c->row[before] == c->row[k] && in_number(c->head[before]) && in_number(c->head[k]) &&
                c->x0[k] - c->x1[before] < TOUCHING * c->size[k])
                memset(t->hidden + last + 1, 1, (size_t)(i - last - 1));
        }
        last = i;
    }
    for (int64_t i = 0; i < c->count; i++)
        if (!t->hidden[i]) t->order[kept++] = t->order[i];
    return kept;
}

static double middle_of(double *values, int64_t count) /* the (upper) median, 0 of nothing; the values change places */
{
    int64_t low = 0, high = count - 1, wanted = count / 2;
    if (!count) return 0.0;
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        int64_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot) i++;
            while (pivot < values[j]) j--;
            if (i <= j) {
                double value = values[i];
                values[i++] = values[j], values[j--] = value;
            }
        }
        if (wanted <= j) high = j;
        else if (wanted >= i) low = i;
        else break;
    }
    return values[wanted];
}

/* Letter-spacing of every row. between: whether a gap before the cluster stands between two letters that do not overlap. */
static void find_spacing(const Clusters *c, Setting *t, int64_t count, const uint8_t *between)
{
    int64_t rows = c->row[t->order[count - 1]] + 1, some = 0;
    double page;
    memset(t->counts, 0, (size_t)rows * sizeof *t->counts);
    memset(t->wide, 0, (size_t)rows * sizeof *t->wide);
    for (int64_t i = 1; i < count; i++) {
        int64_t row = c->row[t->order[i]];
        if (!between[i]) continue;
        t->counts[row]++, t->wide[row] += t->gap[i] > CLOSE;
        if (t->gap[i] < 0.5) t->some[some++] = t->gap[i];
    }
    page = most(0.0, middle_of(t->some, some));
    for (int64_t row = 0; row < rows; row++) t->spacing[row] = page;
    for (int64_t i = 1; i < count; i++) {
        int64_t row = c->row[t->order[i]], gaps = 0;
        if (t->counts[row] < ENOUGH_GAPS || 2 * t->wide[row] <= t->counts[row]) continue;
        for (; i < count && c->row[t->order[i]] == row; i++)
            if (between[i]) t->some[gaps++] = t->gap[i];
        i--;
        t->spacing[row] = most(page, middle_of(t->some, gaps));
        t->counts[row] = 0;
    }
}

/* Before which clusters in order a gap that is a space stands. */
static void find_spaces(const Clusters *c, Setting *t, int64_t count, uint8_t *between)
{
    double left = c->x0[t->order[0]], right = c->x1[t->order[0]], width, reached = 0;
    for (int64_t i = 1; i < count; i++) left = least(left, c->x0[t->order[i]]), right = most(right, c->x1[t->order[i]]);
    width = (right - left) + 1.0;
    memset(t->space, 0, (size_t)count);
    for (int64_t i = 0; i < count; i++) {
        int64_t k = t->order[i], last = i ? t->order[i - 1] : k;
        double begin = (double)c->row[k] * width, to = (c->x1[k] - left) + begin;
        if (i) {
            int same = c->row[k] == c->row[last], letters = same && c->head[k] != SPACE && c->head[last] != SPACE;
            t->gap[i] = same ? (c->x0[k] - ((reached - (double)c->row[last] * width) + left)) / c->size[k] : 0.0;
            t->space[i] = (uint8_t)letters;
            between[i] = letters && t->gap[i] > -TOUCHING;
        }
        reached = i ? most(reached, to) : to;
    }
    if (count < 2) return;
    find_spacing(c, t, count, between);
    for (int64_t i = 1; i < count; i++) {
        int64_t k = t->order[i];
        uint32_t head = c->head[k];
        if (!t->space[i]) continue;
        t->space[i] = t->gap[i] > GAP + t->spacing[c->row[k]] && !is_mark(head) && head != SARA_AA && head != SARA_AM && head != LAKKHANGYAO;
    }
}

/* The characters in the order of their clusters, letters before marks; those that go are left out. Returns how many stay. */
static int64_t order_characters(const Glyphs *g, const Clusters *c, Setting *t, int64_t count)
{
    int64_t kept = 0;
    memset(t->counts, 0, (size_t)(2 * count + 3) * sizeof *t->counts);
    for (int64_t k = 0; k < c->count; k++) t->place[k] = -1;
    for (int64_t i = 0; i < count; i++) t->place[t->order[i]] = (int32_t)i;
    for (int64_t i = 0; i < g->count; i++) t->counts[2 * t->place[c->cluster[i]] + c->mark[i] + 3]++;
    for (int64_t k = 1; k < 2 * count + 3; k++) t->counts[k] += t->counts[k - 1];
    for (int64_t i = 0; i < g->count; i++) t->chars[t->counts[2 * t->place[c->cluster[i]] + c->mark[i] + 2]++] = (int32_t)i;
    for (int64_t j = 0, last = -1; j < g->count; j++) {
        int64_t i = t->chars[j], cluster = c->cluster[i];
        int again = last >= 0 && c->cluster[last] == cluster && g->code[last] == g->code[i] && is_mark(g->code[i]) &&
                    g->owner[last] != g->owner[i] && fabs(c->glyph_x[i] - c->glyph_x[last]) < 2 * REPEATED * c->size[cluster];
        last = i;
        if (!again && t->place[cluster] >= 0) t->chars[kept++] = (int32_t)i;
    }
    return kept;
}

typedef struct { int64_t row, owner; } Last; /* of the character written last */

static int is_heavy(const uint8_t *bold, int64_t objects, int64_t owner) { return bold[owner < 0 ? objects - 1 : owner]; }

/* Ends the row written so far: no space stands at its end. */
static void end_row(Rows *r, int trailing, int heavy)
{
    if (trailing) r->count--, r->heavy[r->rows - 1] -= heavy;
}

/* Text, places and rows, with spaces put in and those at a row's ends and repeated ones left out. */
static void write_rows(const Glyphs *g, const Clusters *c, Setting *t, int64_t kept, const uint8_t *bold, int64_t objects, Rows *r)
{
    int64_t row = -1, place = -1;
    int blank = 1, trailing_heavy = 0;
    r->count = r->rows = 0;
    for (int64_t j = 0; j < kept; j++) {
        int64_t i = t->chars[j], k = c->cluster[i], before = t->chars[j ? j - 1 : kept - 1];
        int added = t->place[k] != place && t->space[t->place[k]];
        for (place = t->place[k]; added >= 0; added--) {
            uint32_t code = added ? SPACE : g->code[i];
            int64_t owner = added ? -1 : g->owner[i];
            int heavy = is_heavy(bold, objects, owner);
            if (c->row[k] != row) {
                if (row >= 0 && r->rows) end_row(r, blank && r->count > r->start[r->rows - 1], trailing_heavy);
                row = c->row[k], blank = 1;
                if (r->rows && r->start[r->rows - 1] == r->count) r->rows--; /* the row before had spaces only */
                r->start[r->rows] = r->count, r->heavy[r->rows] = 0, r->size[r->rows] = (double)row, r->rows++;
            }
            if (code == SPACE && blank) continue;
            blank = code == SPACE, trailing_heavy = heavy;
            r->code[r->count] = code;
            r->x0[r->count] = added ? least(c->x1[c->cluster[before]], c->x0[k]) : c->x0[k];
            r->x1[r->count] = added ? c->x0[k] : c->x1[k];
            r->count++, r->heavy[r->rows - 1] += heavy;
        }
    }
    if (r->rows) end_row(r, blank && r->count > r->start[r->rows - 1], trailing_heavy);
    if (r->rows && r->start[r->rows - 1] == r->count) r->rows--;
    r->start[r->rows] = r->count;
}

/* Boxes of the rows: baseline and size are the greatest of the row's clusters. size holds the rows' numbers till then. */
static void place_rows(const Clusters *c, Setting *t, int64_t count, Rows *r)
{
    for (int64_t i = 0, at = 0; at < r->rows; at++) {
        double y, size;
        while (i < count && c->row[t->order[i]] != (int64_t)r->size[at]) i++;
        y = c->y[t->order[i]], size = c->size[t->order[i]];
        for (; i < count && c->row[t->order[i]] == (int64_t)r->size[at]; i++)
            y = most(y, c->y[t->order[i]]), size = most(size, c->size[t->order[i]]);
        r->top[at] = rounded(y - ASCENT * size), r->bottom[at] = rounded(y + DESCENT * size), r->size[at] = rounded(size);
    }
    for (int64_t i = 0; i < r->count; i++) r->x0[i] = rounded(r->x0[i]), r->x1[i] = rounded(r->x1[i]);
}

/* The rows' text and boxes. bold: by text object, one more for added spaces. Returns the number of characters, or -1. */
int64_t thaikpi_rows(const Glyphs *g, const Clusters *c, const uint8_t *bold, int64_t objects, Rows *r)
{
    size_t n = (size_t)g->count + 2;
    int64_t rows = 0, count;
    Setting t;
    for (int64_t k = 0; k < c->count; k++) rows = c->row[k] > rows ? c->row[k] : rows;
    if ((size_t)rows + 2 > n) return -1;
    t.key = malloc(n * (4 * sizeof *t.key + 7 * sizeof *t.order + 3));
    if (!t.key) return -1;
    t.gap = t.key + n, t.spacing = t.key + 2 * n, t.some = t.key + 3 * n;
    t.order = (int32_t *)(t.key + 4 * n), t.spare = t.order + n, t.place = t.order + 2 * n, t.chars = t.order + 3 * n;
    t.counts = t.order + 4 * n, t.wide = t.order + 6 * n; /* counts: twice the room */
    t.space = (uint8_t *)(t.order + 7 * n), t.hidden = t.space + n;
    if (!put_in_order(c, &t)) {
        free(t.key);
        return -1;
    }
    count = drop_hidden(c, &t);
    find_spaces(c, &t, count, t.hidden + n);
    write_rows(g, c, &t, order_characters(g, c, &t, count), bold, objects, r);
    place_rows(c, &t, count, r);
    free(t.key);
    return r->count;
}
