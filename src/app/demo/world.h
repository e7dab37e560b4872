/* world.h - whole companies made up from the registry: rows for every entity that is switched on, connected, each at its time.
 *
 * What a company is like stands in tables (struct demo_table: how many, when, which words, what becomes of them). What the tables
 * do not say follows from the declaration: references lead to rows that fit (a ticket's contact is its client's), choices, money,
 * dates and names come by kind and name of their field. So a new entity gets rows by itself.
 *
 * A value is told by a template. Alternatives stand between bars and are chosen by their weight ("open*3|closed"); braces stand
 * for other values:
 *
 *     {name}            of this row; of another one that it refers to: {client_id.name}
 *     {@streets}        a word of that list; {@streets#} the next one
 *     {10..99}          a number; {100..900/50} in steps; {hex:12} hex digits
 *     {n} {k} {k:2}     which row of its entity; which of its parent, here with two digits; {k*3} three times it
 *     {host} {slug:x}   the client's name as one of the internet; the field x so
 *     {phone} {mobile} {city} {region} {postcode} {street}
 *     {today} {year}
 *
 * Whole templates:
 *
 *     pick                     a row that fits; pick role=technician,sales_agent  with such values; pick location_id.name=Derby
 *                              with such values of what it refers to; pick 30%&type=server  only for some; pick fresh  one that
 *                              no other row of the entity has
 *     =client_id.location_id   the row that is meant there
 *     @+3..10d                 a moment so long after the row's own: m, h, d, w, y; @now-5..20d; @now-38D  that day at eight;
 *                              @start_date+1..2h; @journey_id.start+5..9m  after that action
 *     live:invoice_id.amount_due/2   what the record says once it is there, here half of it
 *                              and nothing: no value
 */
#ifndef APP_DEMO_WORLD_H
#define APP_DEMO_WORLD_H

#include "app/demo/demo.h"
#include "app/demo/random.h"

/* ---- what is written down of a company ------------------------------------------------------------------------------------- */

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct demo_table {
    const char *entity;
    const char *each;  /* a reference, or "+crews": its rows (then called parent) each have `least`..`most` of these (0,0: one for
                          each line of the deck) */
    const char *only;  /* those of them alone with such a value: "sale=held,sold" */
    const char *copy;  /* "quote_items quote_id": one for each of the parent's own such rows instead, as `from` */
    int least, most;   /* without `each`: that many for each size; where `fixed`, whatever the size */
    bool fixed;
    const char *when;  /* "-200..-1d", "client_id+1..40d", "invoice_id.send+2..20d"; a star behind it: one after the other */
    const char *lives; /* alternatives of "action+1..3h ref.action =state+2..5d =state!stamp": what becomes of them; a word
                          "+lost_note" is what is noted as =lost comes */
    const char *begin; /* the moment from which a life counts, as in a template; NULL: when it was made */
    const char *const *fields; /* "name=template", "+name=" a word for others, ">name=" what an action is given,
                                  "!name=" without which there is no row */
    const char *const *deck;   /* the first line names columns in the same way, the others are stories to choose from */
    bool in_order;             /* stories one after the other */
};
struct demo_list {
    const char *name;
    const char *const *words;
};
struct demo_member {
    const char *name, *user, *role, *title;
    int branch;
};
struct demo_town_of {
    const char *city, *region, *postcode;
    int area_code;
};
struct demo_business {
    const char *name, *packs;
    const char *tenant, *email, *phone, *website, *industry, *timezone;
    const struct demo_member *people; /* name NULL at the end */
    const struct demo_table *tables;  /* entity NULL at the end; before the tables of all */
    const struct demo_list *lists;    /* name NULL at the end */
    const struct demo_town_of *towns; /* city NULL at the end; the branches stand in the first ones */
    const char *const *branches;      /* "name|street|town's number" */
    const char *extra_role;           /* more people of it for each size beyond the first */
    int extra_people;
};
extern const struct demo_business demo_msp, demo_property, demo_moving, demo_sales;
extern const struct demo_table demo_tables_of_all[];
extern const struct demo_list demo_lists_of_all[];

/* Why an entity has no rows in a company with these packs; NULL where it has. */
const char *world_without(const char *switched_on, const struct entity *entity);

/* ---- what is made of it ---------------------------------------------------------------------------------------------------- */

struct world_row;
struct world_cell {
    struct str name, text;
    struct world_row *ref;     /* instead of a text */
    const struct field *field; /* NULL: a word for others */
    bool given;                /* to an action, not at creation */
    bool needed;               /* no row without it */
};
struct world_link {
    struct world_row *row;
    struct world_link *next;
};
struct world_mark { /* when an action happens to it */
    struct str name;
    int64_t at;
    struct world_mark *next;
};
struct world_set;
struct world_row {
    const struct world_set *set;
    int64_t at, id;
    int number, among; /* n, k */
    int town;          /* -1: none yet */
    struct str street;
    struct world_cell *cells;
    int cell_count;
    const char *story;
    struct world_row *by, *parent, *from;
    struct world_link *kids; /* that refer to it */
    struct world_mark *marks;
};
/* All rows of an entity. */
struct world_set {
    const struct entity *entity;
    const struct demo_table *table; /* NULL: as the declaration says */
    const struct field *each;
    struct world_row **rows;
    int count, next_story;
    bool planned;
};
struct world_step {
    int64_t at;
    int order;
    struct world_row *row;
    const struct world_row *said_by;   /* whose life says so */
    const struct action_decl *action; /* NULL and no state: it is created */
    struct str state, stamp;
};
struct world {
    struct arena *arena;
    struct db *db;
    struct errors *errors;
    const struct demo_business *business;
    const struct demo_options *options;
    struct random random;
    const struct zone *zone;
    int64_t now, tenant_id;
    int size, phone, town_count;
    struct world_set *sets; /* by entity->index */
    struct world_step *steps;
    int step_count;
    int64_t made, refused;
    struct str refusal; /* the first */
    struct world_cell *draft; /* of the row being made up */
    int draft_count;
};

/* world_adopt.c: takes in what the company has already. */
bool world_adopt(struct ctx *ctx, struct world *w);
/* world_plan.c: all rows and steps, in order of time. */
void world_plan(struct world *w);
/* world_life.c */
void world_live(struct world *w, struct world_row *row);
void world_add_step(struct world *w, struct world_step step);
/* world_run.c: carries out one step inside ctx_write. */
bool world_run(struct ctx *ctx, struct world *w, const struct world_step *step);
/* world_content.c: what is in an uploaded file of that name; a picture where it is called so. */
struct str world_content(struct arena *arena, struct str name, struct str text, uint64_t seed);

/* world_value.c: the cells of a row: first only that of its parent, then all. */
void world_open(struct world_row *row);
bool world_fill(struct world *w, struct world_row *row); /* false: something is missing that it needs */
struct world_cell *world_cell(const struct world_row *row, struct str name);
/* A moment by "@now-5..20d" without the @; false where there is none. `step`: multiplied by it. */
bool world_moment(struct world *w, struct world_row *row, struct str when, int step, int64_t *at);
/* One of the alternatives. */
struct str world_choose(struct world *w, struct str alternatives);
/* True where the row has such values: "sale=held,sold&role=crew"; empty: any row. */
bool world_meets(const struct world_row *row, struct str conditions);
/* The words of a template with all braces filled in. */
struct str world_words(struct world *w, struct world_row *row, struct str template);
/* A moment of that kind in working hours. */
int64_t world_working_hours(struct world *w, int64_t ms);
/* world_pick.c: a row that `field` of `row` may refer to; NULL where there is none. */
struct world_row *world_pick(struct world *w, struct world_row *row, const struct field *field, const struct entity *to,
                             struct str conditions);
/* world_usual.c: the template of a field that no table speaks of. */
struct str world_usual(struct world *w, struct world_row *row, const struct field *field);

static inline struct world_set *world_set(const struct world *w, const struct entity *entity) { return &w->sets[entity->index]; }
void world_set_add(struct world *w, struct world_set *set, struct world_row *row);

#endif
