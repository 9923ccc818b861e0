/* Places for the texts of a roofline at which nothing overlaps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "report/roofline.h"

static const double font_size = 10.0, text_height = 12.0;

/* A square or a triangle reaches beyond the disc of the same area. */
static const double reach_factor = 1.2;

/* A disc that texts must keep off: marks, and chains of discs along lines and
 * other texts.  With a weight above 0 a text may cross it at that cost per point
 * of overlap. */
struct disc {
  double x, y, radius, weight;
};

static const double hard = 0.0, roof_weight = 12.0, ceiling_weight = 2.0,
                    link_weight = 0.4;

/* A text's box by its centre and half its sizes. */
struct box {
  double x, y, width, height;
};

struct scene {
  const struct reuse__roofline *r;
  struct disc *disc;
  int n, capacity;
};

static void add_disc(struct scene *scene, double x, double y, double radius,
                     double weight) {
  if (scene->n < scene->capacity)
    scene->disc[scene->n++] = (struct disc){x, y, radius, weight};
}

/* Discs along the line from (X0,Y0) to (X1,Y1). */
static void add_line(struct scene *scene, double x0, double y0, double x1, double y1,
                     double radius, double weight) {
  const double length = hypot(x1 - x0, y1 - y0);
  const int n = 1 + (int)fmin(length / 6.0, 200.0);
  for (int i = 0; i <= n; i++)
    add_disc(scene, x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n, radius, weight);
}

/* A text, and room to tell it from the next one on its line. */
static void add_box(struct scene *scene, const struct box *box) {
  const double half = box->width + 3.0 - box->height;
  add_line(scene, box->x - half, box->y, box->x + half, box->y, box->height, hard);
}

/* Overlap of BOX with DISC in points, 0 when they are apart. */
static double overlap(const struct box *box, const struct disc *disc) {
  const double dx = fmax(0.0, fabs(disc->x - box->x) - box->width);
  const double dy = fmax(0.0, fabs(disc->y - box->y) - box->height);
  return fmax(0.0, disc->radius - hypot(dx, dy));
}

/* Whether BOX lies in the plot with no hard disc in it; *soft is the cost
 * of the others. */
static bool is_free(const struct scene *scene, const struct box *box, double *soft) {
  *soft = 0.0;
  if (box->x - box->width < scene->r->left + 4.0 ||
      box->x + box->width > scene->r->right - 2.0 ||
      box->y - box->height < scene->r->top + 2.0 ||
      box->y + box->height > scene->r->bottom - 4.0)
    return false;
  for (int i = 0; i < scene->n; i++) {
    const double depth = overlap(box, &scene->disc[i]);
    if (depth > 0.0 && scene->disc[i].weight <= hard)
      return false;
    *soft += scene->disc[i].weight * depth;
  }
  return true;
}

/* Roofs, ceilings and marks as obstacles. */
static void add_drawing(const struct reuse__roofline *r, struct scene *scene) {
  const double peak = r->ceiling[0].gops;
  for (int i = 0; i < r->nroofs; i++) {
    const double bandwidth = r->roof[i].gb_per_s;
    const double x0 = fmax(r->xmin, r->ymin / bandwidth);
    const double x1 = fmin(r->xmax, peak / bandwidth);
    if (x1 > x0)
      add_line(scene, reuse__page_x(r, x0), reuse__page_y(r, x0 * bandwidth),
               reuse__page_x(r, x1), reuse__page_y(r, x1 * bandwidth), 2.0,
               r->roof[i].dram ? roof_weight : ceiling_weight);
  }
  for (int i = 0; i < r->nceilings; i++) {
    const double y = reuse__page_y(r, r->ceiling[i].gops);
    add_line(scene, r->left, y, r->right, y, 2.0,
             i == 0 ? roof_weight : ceiling_weight);
  }
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *mark = &r->mark[i];
    const double x = reuse__page_x(r, mark->x), y = reuse__page_y(r, mark->y);
    add_disc(scene, x, y, reach_factor * mark->radius + 1.0, hard);
    if (mark->buffer_x > 0.0) {
      add_disc(scene, reuse__page_x(r, mark->buffer_x), y, 6.0, hard);
      add_line(scene, reuse__page_x(r, mark->buffer_x), y, x, y, 1.0,
               link_weight);
    }
  }
}

/* A place for the name of ROOF along its line, as high as it is free. */
static bool roof_place(const struct reuse__roofline *r, struct reuse__roof *roof,
                       struct scene *scene) {
  const double x0 = fmax(r->xmin, r->ymin / roof->gb_per_s);
  const double x1 = fmin(r->xmax, r->ceiling[0].gops / roof->gb_per_s);
  const double px0 = reuse__page_x(r, x0), py0 = reuse__page_y(r, x0 * roof->gb_per_s);
  const double px1 = reuse__page_x(r, x1), py1 = reuse__page_y(r, x1 * roof->gb_per_s);
  const double length = hypot(px1 - px0, py1 - py0);
  const double width = reuse__text_width(roof->label, font_size);
  double ux, uy;
  if (x1 <= x0 || length < width + 30.0)
    return false;
  ux = (px1 - px0) / length;
  uy = (py1 - py0) / length;
  for (double t = length - width - 14.0; t >= 10.0; t -= 8.0) {
    const double bx = px0 + ux * t + uy * 11.0, by = py0 + uy * t - ux * 11.0;
    bool clear = bx >= r->left + 8.0;
    for (double s = 0.0; clear && s <= width; s += 5.0) {
      const struct box point = {bx + ux * s, by + uy * s, 3.0, 5.0};
      double soft;
      clear = is_free(scene, &point, &soft) && soft < 3.0;
    }
    if (clear) {
      roof->label_x = bx;
      roof->label_y = by;
      add_line(scene, bx, by, bx + ux * width, by + uy * width, 7.0, hard);
      return true;
    }
  }
  return false;
}

/* A place for the text of CEILING above or below its line, as far to the right
 * as it is free. */
static bool ceiling_place(const struct reuse__roofline *r,
                          struct reuse__ceiling *ceiling, struct scene *scene) {
  const double half = reuse__text_width(ceiling->label, font_size) / 2.0;
  const double y = reuse__page_y(r, ceiling->gops);
  for (double end = r->right - 5.0; end - 2.0 * half > r->left;
       end -= 12.0) {
    for (int side = -1; side <= 1; side += 2) {
      const struct box box = {end - half, y + side * 10.5, half, 6.5};
      double soft;
      if (is_free(scene, &box, &soft) && soft < 0.5) {
        ceiling->label_x = end;
        ceiling->label_y = box.y;
        add_box(scene, &box);
        return true;
      }
    }
  }
  return false;
}

/* The point of BOX that is nearest to (X,Y). */
static void nearest_point(const struct box *box, double x, double y, double *nx,
                          double *ny) {
  *nx = fmin(fmax(x, box->x - box->width), box->x + box->width);
  *ny = fmin(fmax(y, box->y - box->height), box->y + box->height);
}

/* Whether the line from MARK to a text in BOX meets another mark or text. */
static bool leader_is_free(const struct reuse__roofline *r,
                           const struct reuse__mark *mark, const struct box *box,
                           const struct scene *scene) {
  const double x = reuse__page_x(r, mark->x), y = reuse__page_y(r, mark->y);
  const double own = reach_factor * mark->radius + 2.0;
  double nx, ny, length, soft;
  nearest_point(box, x, y, &nx, &ny);
  length = hypot(nx - x, ny - y);
  for (double t = own; t < length; t += 3.0) {
    const struct box point = {x + (nx - x) * t / length, y + (ny - y) * t / length,
                              0.5, 0.5};
    if (!is_free(scene, &point, &soft))
      return false;
  }
  return true;
}

/* The box of MARK's text in direction K of 16, GAP points off. */
static struct box candidate(const struct reuse__roofline *r,
                            const struct reuse__mark *mark, int k, double gap) {
  const double angle = 2.0 * 3.14159265358979 * k / 16.0;
  const double half = reuse__text_width(mark->label, font_size) / 2.0;
  const double reach = reach_factor * mark->radius + gap;
  const double side = fmax(-1.0, fmin(1.0, 1.6 * cos(angle)));
  const struct box box = {
      reuse__page_x(r, mark->x) + cos(angle) * reach + side * half,
      reuse__page_y(r, mark->y) - sin(angle) * (reach + text_height / 2.0), half,
      text_height / 2.0};
  return box;
}

/* Whether BOX is about as near to another mark as to MARK. */
static bool is_ambiguous(const struct reuse__roofline *r, const struct reuse__mark *mark,
                         const struct box *box) {
  double own = 0.0, other = HUGE_VAL;
  for (int i = 0; i < r->nmarks; i++) {
    const struct reuse__mark *m = &r->mark[i];
    const double x = reuse__page_x(r, m->x), y = reuse__page_y(r, m->y);
    double nx, ny, gap;
    nearest_point(box, x, y, &nx, &ny);
    gap = hypot(nx - x, ny - y) - m->radius;
    if (m == mark)
      own = gap;
    else
      other = fmin(other, gap);
  }
  return other < own + 4.0;
}

/* The best place for the text of MARK: near, then clear of lines.  Marks of
 * little time are not worth a long leader. */
static bool mark_place(const struct reuse__roofline *r, struct reuse__mark *mark,
                       struct scene *scene) {
  static const double gap[] = {3.0, 8.0, 15.0, 25.0, 40.0, 58.0};
  const int gaps = mark->time_s < 0.01 * r->total_s ? 3 : 6;
  struct box best = {0.0, 0.0, 0.0, 0.0};
  const double limit = mark->time_s > 0.05 * r->total_s ? 400.0 : 60.0;
  double least = limit;
  mark->leader = false;
  for (int g = 0; g < gaps; g++) {
    for (int k = 0; k < 16; k++) {
      const struct box box = candidate(r, mark, k, gap[g]);
      double cost;
      if (!is_free(scene, &box, &cost) ||
          (gap[g] > 10.0 && !leader_is_free(r, mark, &box, scene)))
        continue;
      cost += 0.6 * gap[g] + (k == 0 ? 0.0 : 1.0 + 0.1 * k);
      if (gap[g] <= 10.0 && is_ambiguous(r, mark, &box))
        cost += 15.0;
      if (cost < least) {
        least = cost;
        best = box;
        mark->leader = gap[g] > 10.0;
      }
    }
  }
  if (least >= limit)
    return false;
  mark->label_x = best.x;
  mark->label_y = best.y;
  add_box(scene, &best);
  if (mark->leader) {
    double x, y;
    nearest_point(&best, reuse__page_x(r, mark->x), reuse__page_y(r, mark->y), &x, &y);
    add_line(scene, reuse__page_x(r, mark->x), reuse__page_y(r, mark->y), x, y, 1.0,
             hard);
  }
  return true;
}

bool reuse__roofline_place(struct reuse__roofline *roofline,
                           struct reuse_arena *arena) {
  struct scene scene = {roofline, NULL, 0, 0};
  scene.capacity = 8000 + 300 * roofline->nmarks;
  scene.disc = reuse__alloc(arena, (size_t)scene.capacity * sizeof *scene.disc);
  if (scene.disc == NULL)
    return false;
  add_drawing(roofline, &scene);
  for (int i = 0; i < roofline->nceilings; i++) {
    struct reuse__ceiling *ceiling = &roofline->ceiling[i];
    ceiling->labelled = ceiling_place(roofline, ceiling, &scene);
    if (!ceiling->labelled && ceiling->shorter[0] != '\0') {
      memcpy(ceiling->label, ceiling->shorter, sizeof ceiling->label);
      ceiling->labelled = ceiling_place(roofline, ceiling, &scene);
    }
  }
  for (int i = 0; i < roofline->nroofs; i++)
    roofline->roof[i].labelled = roof_place(roofline, &roofline->roof[i], &scene);
  for (int i = 0; i < roofline->nmarks; i++)
    roofline->mark[i].labelled = mark_place(roofline, &roofline->mark[i], &scene);
  return true;
}
