/* The report on layers of one type, depthwise ones say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_REPORT_DEPTHWISE_H
#define REUSE_REPORT_DEPTHWISE_H

#include "compare/depthwise.h"
#include "report/report.h"

enum reuse__type_table { REUSE__SHARES, REUSE__OFFERED, REUSE__LOSSES, REUSE__PLACED,
                         REUSE__REMEDIES, REUSE__TYPE_TABLES };
/* "shares" "reuse" "losses" "placements" "remedies" */
extern const char *const reuse__type_table_name[REUSE__TYPE_TABLES];

/* The table of KIND over the N reports, in ARENA; it points into them.  Errors:
 * memory. */
enum reuse_status reuse__type_table(enum reuse__type_table kind,
                                    const struct reuse__type_report *report, int n,
                                    struct reuse_arena *arena,
                                    const struct reuse__table **table);

/* The reports for people: KIND, or all when it is -1, with a sentence for an
 * abstract.  Errors of writing are left in STREAM.  Errors: memory. */
enum reuse_status reuse__type_text(int kind, const struct reuse__type_report *report,
                                   int n, const struct reuse__text_style *style,
                                   struct reuse_arena *arena, FILE *stream);

#endif
