/* late.c - open work past its day (late.h). */
#include "http/late.h"

#include "base/timefmt.h"
#include "http/list_page.h"

const struct field *late_field(const struct entity *entity) {
    for (int i = 0; i < entity->field_count; i++)
        if (entity->fields[i].flags & DUE) return &entity->fields[i];
    return NULL;
}

bool late_expires(const struct entity *entity) {
    const struct field *due = late_field(entity);
    return due && (due->flags & HOLDS) == HOLDS;
}

/* Before now; of dates, before today. */
static struct value past(const struct ctx *ctx, const struct field *due) {
    return value_int(due->kind == &kind_date ? zone_day(ctx->env.zone, ctx->now) : ctx->now);
}

void late_only(struct query *q) {
    const struct field *due = late_field(q->entity);
    list_only_open(q);
    query_where(q, due->decl->name, OP_LT, past(q->ctx, due));
}

struct str late_href(struct ctx *ctx, const struct entity *entity, struct str open_href) {
    const struct field *due = late_field(entity);
    struct buf b = buf_new(ctx->arena, 128), at = buf_new(ctx->arena, 32);
    struct value before = past(ctx, due);
    if (due->kind == &kind_date) buf_date(&at, before.integer);
    else buf_time(&at, before.integer);
    buf_add(&b, open_href);
    list_add_param(&b, str_printf(ctx->arena, "filter[%s][lt]", due->decl->name), buf_str(&at));
    list_add_param(&b, STR("sort"), due->name);
    return buf_str(&b);
}
