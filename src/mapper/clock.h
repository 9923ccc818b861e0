/* The time that budgets in seconds are measured by.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REUSE_MAPPER_CLOCK_H
#define REUSE_MAPPER_CLOCK_H

/* Seconds since some moment; they only go forward. */
double reuse__seconds(void);

#endif
