/* record_figures.h - how it stands with a client, at a glance: what is open of each kind of record that belongs to them, and how
 * much of it is late; until when what is agreed with them runs; and what of theirs runs out soon. All of it follows from
 * declarations: who the client of a record is, which of its states are open, which of its dates EXPIRES (core/entity.h).
 */
#ifndef HTTP_RECORD_FIGURES_H
#define HTTP_RECORD_FIGURES_H

#include "http/record_page.h"

/* After record_related_fill. Sets view->figures and view->expiring; of other records than a client's it leaves both empty. */
void record_figures_fill(struct request *req, struct values *values, struct record_view *view);
/* The second of them (record_expiring.c). */
void record_expiring_fill(struct request *req, struct values *values, struct record_view *view);

#endif
