/* repo.h - the one way to save a row: validate, rules, SQL, audit entry, event, search words, all in one transaction.
 *
 * Every way in comes through here: pages, API, bulk, import, jobs, demo data, the command line. Must run inside ctx_write.
 * Each function returns NULL/false with errors in ctx (403 not allowed, 404 not there or out of scope, 409 conflict, 412 stale
 * version, 422 with one error a field); then nothing of it is kept, because the write's savepoint is undone.
 *
 *     struct repo_input in = repo_input(ctx, registry_get("leads"), 0);
 *     repo_input_text(&in, "name", STR("Meridian"));
 *     struct row *lead = repo_create(&in);
 */
#ifndef CORE_REPO_H
#define CORE_REPO_H

#include "core/query.h"

/* What a request wants to set: checked values by field, and errors for what was wrong. */
struct repo_input {
    struct ctx *ctx;
    const struct entity *entity;
    struct value *values;        /* by field index */
    struct field_set given;
    int64_t if_version;          /* optimistic lock; 0: do not check */
    bool trusted;                /* rules and jobs: READ_ONLY, IMMUTABLE and HIDDEN fields may be set */
    bool importing;              /* what happened elsewhere: an action asks for no reason, and may be told when it was done */
    bool undoing;                /* also of what moves with a merge: nothing new happens, so nothing follows from it */
    struct kind_env env;         /* with the record's currency */
};
/* For a new record (id 0) or for changing one: its own currency decides how money reads. */
struct repo_input repo_input(struct ctx *ctx, const struct entity *entity, int64_t id);
/* Each checks that the field exists and may be set, and parses; errors go to ctx. */
bool repo_input_text(struct repo_input *in, struct str field, struct str text);          /* a form, a CSV cell; empty is NULL */
bool repo_input_json(struct repo_input *in, const struct json *object);                  /* a whole JSON object */
bool repo_input_value(struct repo_input *in, const char *field, struct value value);     /* from our own code */

struct row *repo_create(struct repo_input *in);
struct row *repo_update(struct repo_input *in, int64_t id);
bool repo_delete(struct ctx *ctx, const struct entity *entity, int64_t id, int64_t if_version);
struct row *repo_restore(struct ctx *ctx, const struct entity *entity, int64_t id);
struct row *repo_action(struct repo_input *in, int64_t id, const struct action_decl *action);
/* Why the record stays (entity_decl.stays), NULL where it may go; and the same as an answer, false with 409 "conflict". */
const char *repo_why_stays(struct ctx *ctx, const struct row *row);
bool repo_may_go(struct ctx *ctx, const struct row *row);
/* True where the actor could do it now to this row: for showing buttons. */
bool repo_action_possible(struct ctx *ctx, const struct row *row, const struct action_decl *action);

/* Runs the after_commit hooks of what was saved; ctx.c calls it once the commit stands. */
void repo_after_commit(struct ctx *ctx);

/* Short forms for rules: saves as the system, inside the rule's own transaction. NULL-terminated pairs by ARGS of ctx.h. */
struct row *repo_create_as_system(struct ctx *ctx, const char *entity, const struct sql_arg *values);
struct row *repo_update_as_system(struct ctx *ctx, const char *entity, int64_t id, const struct sql_arg *values);

#endif
