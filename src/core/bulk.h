/* bulk.h - one change to many records at once: all in one change-set, so that it can be undone in one go.
 *
 * Records are changed in batches, each a write of its own so that others are not kept waiting, and each record by itself: one
 * that may not be changed is told with its errors and the others go on. What is wrong with the request as a whole (an unknown
 * field, no right at all) is an error in ctx, and nothing is changed.
 *
 *     struct bulk bulk = {.ctx = ctx, .entity = leads, .ids = ids, .id_count = n};
 *     struct bulk_result result;
 *     if (!bulk_delete(&bulk, &result)) return false;
 */
#ifndef CORE_BULK_H
#define CORE_BULK_H

#include "core/repo.h"

#define BULK_MAX 10000

struct bulk {
    struct ctx *ctx; /* not inside ctx_write */
    const struct entity *entity;
    const int64_t *ids; /* these records, */
    int id_count;
    struct query *query; /* or all that it finds */
    /* Puts into `in` what each record is to become, or what the action takes, by repo_input_json or repo_input_text. */
    bool (*fill)(struct repo_input *in, void *arg);
    void *arg;
};
/* A `fill` for a JSON object with the fields to set; its arg. */
bool bulk_fill_json(struct repo_input *in, void *json);

struct bulk_failure {
    int64_t id;
    struct errors errors;
};
struct bulk_result {
    int64_t change_set_id; /* 0 where nothing was done */
    int64_t done;
    struct bulk_failure *failures; /* one a record */
    int failure_count;
};
/* False with an error where the request cannot be carried out. Where that happens after some batches (the disk is full), these
 * stand, result->done says how many records, and their change-set is whole. */
bool bulk_update(struct bulk *bulk, struct bulk_result *result);
bool bulk_delete(struct bulk *bulk, struct bulk_result *result);
bool bulk_action(struct bulk *bulk, const struct action_decl *action, struct bulk_result *result);
/* POST /api/v1/{entity}/bulk: {"ids":[...]} or {"filter":{"score":{"gte":80},"rating":["hot","warm"]}}, with "set":{...},
 * "delete":true or "action":"convert" (and "input":{...}). */
bool bulk_request(struct ctx *ctx, const struct entity *entity, const struct json *body, struct bulk_result *result);
/* {"change_set_id":1,"done":2,"failed":[{"id":3,"errors":[{"code":..,"field":..,"message":..}]}]} */
void bulk_json(struct buf *b, const struct bulk_result *result);

#endif
