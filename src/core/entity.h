/* entity.h - what an entity is. One `ENTITY(x) = { ... };` in one file under src/app/ says everything about it; tables,
 * routes, forms, lists, filters, permissions, audit, search, import, OpenAPI and the generated tests follow from it.
 *
 *     ENTITY(lead_source) = {
 *         .name = "lead_sources", .one = N_("Lead source"), .many = N_("Lead sources"), .pack = "sales", .title = "name",
 *         .fields = FIELDS(
 *             { "name",      N_("Name"),   F_TEXT(100), .flags = REQUIRED },
 *             { "is_active", N_("Active"), F_BOOL, .initial = "true" }
 *         ),
 *         .indexes = INDEXES(UNIQUE("name")),
 *         .list = "name is_active", .search = "name", .sort = "name",
 *     };
 *
 * Two forms exist: the declaration (struct entity_decl, const, what a person writes) and the derived `struct entity`
 * (registry.h makes it once at start: implicit fields added, names resolved). Everything else works on the derived form.
 * Lists of names ("name email") are words separated by spaces, checked at start and by lint.
 */
#ifndef CORE_ENTITY_H
#define CORE_ENTITY_H

#include <stdint.h>

#include "base/lang.h"

/* Marks a text for translation (base/lang.h), and a list of words that are shown one by one as those of a choice are. */
#define N_(text) text
#define N_WORDS(words) words

struct kind;
struct ctx;
struct change;
struct row;
struct verify;

extern const struct kind kind_text, kind_markdown, kind_email, kind_phone, kind_url, kind_int, kind_decimal, kind_percent,
    kind_money, kind_bool, kind_date, kind_time, kind_duration, kind_choice, kind_choices, kind_ref, kind_subject_type,
    kind_subject_id, kind_json, kind_tags, kind_file, kind_color, kind_secret;

enum field_flags {
    REQUIRED = 1 << 0,  /* must have a value */
    READ_ONLY = 1 << 1, /* changed by rules and actions only; input is an error */
    COMPUTED = 1 << 2,  /* READ_ONLY and derived by before_save */
    IMMUTABLE = 1 << 3, /* given at creation, never changed */
    HIDDEN = 1 << 4,    /* never leaves the server: not in API, pages, exports, audit values */
    TRANSIENT = 1 << 5, /* taken as input for the rules of this request, not stored */
    MULTILINE = 1 << 6, /* a text of several lines */
    IMPLICIT = 1 << 7,  /* added by the registry */
    DUE = 1 << 8,       /* a time or date by which something should happen: pages tell when it is overdue */
    HOLDS = DUE | 1 << 9, /* until when something holds, such as an offer: once past, it has expired */
    EXPIRES = HOLDS | 1 << 10, /* of something that somebody should renew: pages tell a month before, too */
    BROUGHT = READ_ONLY | 1 << 11, /* but an import brings it from where the record was kept before: an old number */
};

enum on_delete { RESTRICT = 1, SET_NULL, CASCADE };

/* What a record keeps of those that refer to it, always equal to them (core/kept.h): READ_ONLY by itself. Of the live rows of
 * `from` that lead here by their reference `by` and meet `where` (SQL on their columns, or NULL): how many they are, or the sum,
 * least or greatest of their field `of`.
 *
 *     { "total_lots", N_("Lots"), F_INT(0, 1000000), .kept = {KEPT_COUNT, "lots", "development_id"} },
 *     { "tax_amount", N_("Tax"),  F_MONEY, .kept = {KEPT_SUM, "quote_items", "quote_id", "tax_amount"} },
 */
enum kept_how { KEPT_COUNT = 1, KEPT_SUM, KEPT_LEAST, KEPT_GREATEST };
struct kept_decl {
    enum kept_how how;
    const char *from, *by, *of, *where;
};

struct field_decl {
    const char *name, *label;
    const struct kind *kind; /* by an F_ macro */
    unsigned flags;
    const char
        *initial; /* of a new record, as its kind parses it; "now", "today"; "me" for users; "usual": field_starts_usual */
    const char *help;     /* one sentence under the input */
    const char *unit;     /* of a number: "kg", "%"; stands behind it on pages */
    const char *section;  /* heading on form and record page; NULL: as the field before */
    int64_t min, max;     /* text: length; numbers: value, in the kind's scaled units. 0,0: the kind's own */
    int scale;            /* decimals: digits after the point */
    const char *const *choices; /* values, NULL at the end */
    const char *const *hues;    /* a hue class for each choice, or NULL */
    const char *to;             /* entity that a reference points to */
    enum on_delete on_delete;
    const char *subjects; /* F_SUBJECT: entities that may stand there */
    const char *listed;   /* of a text: "countries", "currencies" or "zones" are offered by name (base/regions.h) */
    const char *shape;    /* F_JSON: "object", "array", "any", or words key:type (text int bool decimal list), all optional */
    const char *currency; /* F_MONEY: the field that holds the currency; "currency" where not given */
    const char *was;      /* an earlier name, for migrations */
    struct kept_decl kept;
};

#define F_TEXT(length) .kind = &kind_text, .max = (length)
#define F_MARKDOWN .kind = &kind_markdown
#define F_EMAIL .kind = &kind_email
#define F_PHONE .kind = &kind_phone
#define F_URL .kind = &kind_url
#define F_INT(least, most) .kind = &kind_int, .min = (least), .max = (most)
#define F_DECIMAL(digits) .kind = &kind_decimal, .scale = (digits)
#define F_PERCENT .kind = &kind_percent
#define F_MONEY .kind = &kind_money
#define F_BOOL .kind = &kind_bool
#define F_DATE .kind = &kind_date
#define F_TIME .kind = &kind_time /* a time stamp */
#define F_DURATION .kind = &kind_duration /* minutes */
#define F_CHOICE(...) .kind = &kind_choice, .choices = (const char *const[]){__VA_ARGS__, NULL}
#define F_CHOICES(...) .kind = &kind_choices, .choices = (const char *const[]){__VA_ARGS__, NULL}
#define HUES(...) .hues = (const char *const[]){__VA_ARGS__, NULL}
#define F_REF(entity, rule) .kind = &kind_ref, .to = (entity), .on_delete = (rule)
/* The pair subject_type, subject_id: two fields, one declaration each, always in this order. */
#define F_SUBJECT_TYPE(entities) .kind = &kind_subject_type, .subjects = (entities)
#define F_SUBJECT_ID .kind = &kind_subject_id
#define F_JSON(what) .kind = &kind_json, .shape = (what)
#define F_TAGS .kind = &kind_tags
#define F_FILE .kind = &kind_file, .to = "files", .on_delete = SET_NULL
#define F_COLOR .kind = &kind_color
#define F_SECRET .kind = &kind_secret

struct index_decl {
    const char *fields; /* words; tenant_id leads and live rows only are implied */
    bool unique;        /* among live rows of the tenant */
    const char *where;  /* SQL condition on this row's columns, or NULL */
    bool deleted;       /* of the rows in the bin instead of the live ones; derived only (core/schema.c) */
};
#define INDEX(words) {.fields = (words)}
#define UNIQUE(words) {.fields = (words), .unique = true}
#define UNIQUE_WHERE(words, condition) {.fields = (words), .unique = true, .where = (condition)}

/* A rule or action: works on `change`, may change other records through repo.h, reports by ctx->errors. False stops the save. */
typedef bool rule_fn(struct ctx *ctx, struct change *change);
/* What must hold of a stored row beyond its fields; tells what does not by verify_say (verify.h). */
typedef void verify_fn(struct ctx *ctx, const struct row *row, struct verify *verify);

enum access_action { MAY_READ, MAY_CREATE, MAY_UPDATE, MAY_DELETE, MAY_APPROVE, MAY_EXPORT, MAY_REVEAL, MAY_COUNT };

struct action_decl {
    const char *name, *label;
    rule_fn *run;        /* NULL: only the state changes */
    const char *from;    /* words: states in which it may run; NULL: any */
    const char *to;      /* state afterwards; NULL: run decides */
    const char *after;   /* words: fields that must have a value before it may run, a number other than 0, a time one that has
                            come: the lines of what is sent, the start of what ends */
    const char *unless;  /* words: fields; where all of them have one it may not run: it was done, or came too late */
    const char *input;   /* words: fields of the entity (often TRANSIENT) that it takes from the request */
    const char *pick;    /* "versions number": the input is this field of one of these, whose parent the record is; pages offer it
                            beside each of them. In their own order the first is how the record is now. */
    const char *require; /* words: fields that must have a value afterwards: the reason of a refusal, the crew of a job */
    const char *stamp;   /* words: fields that tell of it: a time or date is set to now, a user to who did it */
    const char *clear;   /* words: fields that it empties */
    const char *icon;
    bool danger;
    enum access_action
        needs; /* what the actor must be allowed to; where not given, the action of the same name, else MAY_UPDATE */
};

enum entity_flags {
    ENTITY_GLOBAL = 1 << 0,      /* no tenant (tenants, plans) */
    ENTITY_READ_ONLY = 1 << 1,   /* never created or changed through the API or pages: audit_logs, sessions */
    ENTITY_APPEND_ONLY = 1 << 2, /* created, never changed, deleted or purged: lead_activities */
    ENTITY_INTERNAL = 1 << 3,    /* no routes, no pages, no search: encrypted_values, change_sets */
    ENTITY_SETTINGS = 1 << 4,    /* stands in the settings, not in the main menu */
    ENTITY_ACCESS = 1 << 5,      /* a change of it may change who may do what: cached permissions are dropped */
    ENTITY_NO_AUDIT = 1 << 6,    /* sessions, audit_logs, events themselves */
    ENTITY_OWN_DELETE = 1 << 7,  /* no soft delete: rows go at once */
    ENTITY_ADDABLE = 1 << 8,     /* an import may make those that are missing, by their title: lead_sources, tags */
    ENTITY_UNLISTED = 1 << 10,   /* its list is in no menu: another page leads there, or nothing acts on its records yet */
    ENTITY_UPLOAD = 1 << 9,      /* made by uploading its content only (http/file_route.h), never from fields alone */
};

/* Records that cannot be at the same time where they share something: bookings of a unit, journeys of a truck (core/apart.h). */
struct apart_decl {
    const char *by;    /* the reference that they share */
    const char *from;  /* a time or date */
    const char *to;    /* the same kind; NULL there: for ever. Of dates the last day is taken too, of times the end is free. */
    const char *where; /* SQL on a row's columns: only rows that meet it count; NULL: all */
    const char *named; /* a reference that names what has the place already */
};

/* What records like this one use up, as a payment is by what it settles: one is added to a record that `by` leads to while its
 * number `left` is above 0 and it is in one of the states `in` (NULL: any). Pages offer none else. */
struct draw_decl {
    const char *by, *left, *in;
};

struct entity_decl {
    const char *name, *one, *many, *pack; /* name: table, route and word in the API (plural) */
    const char *title;                    /* the field that names a record */
    const char *untitled, *untitled_by;   /* what a record is while that field is empty, and the reference to whom it is for:
                                             N_("Draft") and "client_id" make "Draft for Fernhill Ltd" */
    const char *icon, *hue;               /* icon class without "i-"; design/ui */
    const char *help;                     /* one sentence: what it is in the business; empty states and OpenAPI show it */
    unsigned flags;
    const struct field_decl *fields;
    int field_count;
    const struct index_decl *indexes;
    int index_count;
    const char *list;   /* columns */
    const char *filter; /* fields offered first; every stored field may be filtered */
    const char *search; /* fields whose words are found */
    const char *sort;   /* default: "-created_at" */
    const char *board;  /* the state field: a choice, or a reference to an entity with `position` */
    const char *board_card; /* fields on a card */
    const char *board_sum;  /* money or number field summed per column */
    const char *owner;  /* words: user fields that make a record OWN; created_by_id is always one */
    const char *parent; /* the reference (or "subject_id") through whose record access is reached */
    const char *client; /* the reference for scope CLIENT; "client_id" where there is one */
    const char *location; /* the reference for scope LOCATION; "location_id" where there is one */
    const char *match;  /* words: fields by which an import finds duplicates; entity_match_within */
    const char *state;  /* the field that actions guard; `board` where not given */
    const char *open;   /* words: states in which somebody still has something to do with it */
    const char *drafts;  /* words: states in which it is still written; in others it rests with its lines (core/rest.h) */
    const char *still;   /* words: fields that people change at rest, too */
    const char *frozen;  /* why it rests, as a sentence; NULL: it is out, as what was sent is */
    const char *line_of; /* the reference to the record of which it is a line */
    const char *exclusive;    /* words: boolean fields that at most one live record of the tenant (or of `exclusive_in`) may have
                                 set;    setting one unsets the other */
    const char *exclusive_in; /* the reference within which `exclusive` counts; NULL: the tenant */
    const char *any;          /* words: fields of which at least one must be given; the first is told of where none is */
    const struct draw_decl *draws;
    int draw_count;
    const char *calendar;     /* words: the time or date at which it stands in a calendar, and the one when it ends; indexed by
                                 itself (core/schema.c) */
    struct apart_decl apart;
    rule_fn *before_save, *after_save, *before_delete, *after_commit;
    /* Why a record can be neither deleted nor brought to an end by an action marked danger, as a sentence; NULL: it can. */
    const char *(*stays)(struct ctx *ctx, const struct row *row);
    verify_fn *verify;
    struct str (*known)(struct str text); /* a text that came with the program, as its own, so that pages say it in the reader's
                                             language (lang.h); any other text as it is. NULL: there is none */
    const struct action_decl *actions;
    int action_count;
};

#define FIELDS(...)                                                                                                              \
    (const struct field_decl[]){__VA_ARGS__},                                                                                    \
        .field_count = sizeof((const struct field_decl[]){__VA_ARGS__}) / sizeof(struct field_decl)
#define INDEXES(...)                                                                                                             \
    (const struct index_decl[]){__VA_ARGS__},                                                                                    \
        .index_count = sizeof((const struct index_decl[]){__VA_ARGS__}) / sizeof(struct index_decl)
#define ACTIONS(...)                                                                                                             \
    (const struct action_decl[]){__VA_ARGS__},                                                                                   \
        .action_count = sizeof((const struct action_decl[]){__VA_ARGS__}) / sizeof(struct action_decl)
#define DRAWS(...)                                                                                                               \
    (const struct draw_decl[]){__VA_ARGS__},                                                                                     \
        .draw_count = sizeof((const struct draw_decl[]){__VA_ARGS__}) / sizeof(struct draw_decl)

#define ENTITY(id)                                                                                                               \
    extern const struct entity_decl entity_decl_##id;                                                                            \
    const struct entity_decl entity_decl_##id

/* ---- the derived form ------------------------------------------------------------------------------------------------ */

#define ENTITY_MAX_DECLARED 80 /* fields of a declaration */
#define ENTITY_MAX_CUSTOM 100  /* that a company adds to them (custom.h) */
#define ENTITY_MAX_FIELDS 192  /* both, and the implicit ones */
/* Field indices 0..n-1 are also the bits of a field_set. */
struct field_set {
    uint64_t bits[(ENTITY_MAX_FIELDS + 63) / 64];
};
static inline bool field_set_has(const struct field_set *s, int i) { return s->bits[i / 64] >> (i % 64) & 1; }
static inline void field_set_add(struct field_set *s, int i) { s->bits[i / 64] |= UINT64_C(1) << (i % 64); }

struct entity;
struct field {
    const struct field_decl *decl;
    struct str name, label;
    struct str json_key;          /* "\"email\":" */
    const struct kind *kind;
    const struct entity *entity;
    const struct entity *to;      /* of references and files */
    const struct field *pair;     /* subject_type <-> subject_id; money -> its currency field */
    unsigned flags;
    int index;                    /* in entity->fields, in a row's values */
    bool stored;                  /* has a column, or is custom */
    int64_t custom;               /* of a field that a company added (custom.h): the id of what says so; 0 else */
    bool indexed;                 /* such a field, all of whose values custom_index.h knows */
};
/* No row is without it. */
static inline bool field_never_null(const struct field *f) { return (f->flags & REQUIRED) && !f->custom; }

struct entity {
    const struct entity_decl *decl;
    struct str name;
    int index;                 /* in the registry; access grants are indexed by it */
    struct field *fields;
    int field_count;
    int column_count;          /* stored fields */
    struct str columns;        /* "id,tenant_id,...": all of them, for INSERT */
    struct str selected;       /* "t.id,t.tenant_id,...": the same for SELECT */
    const struct field *title, *untitled_by, *state, *board, *parent, *client, *location, *line_of;
    struct field_set searched; /* fields whose words are indexed */
    const struct field **keepers; /* fields of others that keep something of this entity's rows, NULL at the end */
    bool keeps;                /* has such fields itself */
    /* indices of implicit fields, -1 where the entity lacks it */
    int id, tenant_id, created_at, updated_at, created_by_id, updated_by_id, version, deleted_at;
    int custom;                /* index of the column that holds the values of custom fields, -1: there can be none */
    int custom_count;          /* custom fields: the last of `fields`; of a company's own form of the entity only */
};

/* What a record's text reads as: entity_decl's `known`, where there is one. */
static inline struct str entity_known(const struct entity *entity, struct str text) {
    return entity->decl->known ? entity->decl->known(text) : text;
}
/* By name; NULL where there is none. */
const struct field *entity_field(const struct entity *entity, struct str name);
const struct action_decl *entity_action(const struct entity *entity, struct str name);
/* A reference whose rule takes the usual record (is_default, or the first of the usual parent's) where none is given: forms show
 * it beforehand. */
bool field_starts_usual(const struct field *field);
/* It is a part of another record of its pack, as the lines are of an invoice: one reaches it there, unless it has a state that
 * people work through. */
bool entity_is_part(const struct entity *entity);
/* The reference within which a field of `match` tells records apart, by a unique key of both or, of a name, the record's parent:
 * each stage has a lot 1, each client a head office. NULL: it does so by itself. */
const struct field *entity_match_within(const struct field *field);
/* An import may say how far a record had come (core/import.h): the state that actions lead to. */
bool field_is_course(const struct field *field);
/* A READ_ONLY field in which one of the entity's actions keeps when it was done, or by whom. */
bool field_is_stamp(const struct field *field);
/* People delete its records and find them in the bin. */
bool entity_has_bin(const struct entity *entity);
static inline bool entity_is(const struct entity *entity, unsigned flag) { return (entity->decl->flags & flag) != 0; }

#endif
