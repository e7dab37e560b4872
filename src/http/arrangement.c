/* arrangement.c - page_preferences, read and written (arrangement.h). */
#include "http/arrangement.h"

struct str arrangement_read(struct ctx *ctx, struct str page) { return sql_text_of(ctx, arrangement_ahead(ctx, page)); }

struct db_stmt *arrangement_ahead(struct ctx *ctx, struct str page) {
    return sql_ahead(ctx, "SELECT words FROM page_preferences WHERE tenant_id = :tenant AND user_id = :me AND page = :page",
                    ARGS({":me", value_int(ctx->actor->user_id)}, {":page", value_text(page)}));
}

bool arrangement_write(struct ctx *ctx, struct str page, struct str words) {
    struct value me = value_int(ctx->actor->user_id);
    if (words.len > ARRANGEMENT_MOST)
        return errors_add(&ctx->errors, 422, "too_long", NULL, "This is more than can be kept of a page.");
    if (!words.len)
        return sql_exec(ctx, "DELETE FROM page_preferences WHERE tenant_id = :tenant AND user_id = :me AND page = :page",
                        ARGS({":me", me}, {":page", value_text(page)}));
    return sql_exec(ctx,
                    "INSERT INTO page_preferences (id, tenant_id, user_id, page, words, created_at, created_by_id, updated_at, "
                    "updated_by_id, version) VALUES (:id, :tenant, :me, :page, :words, :now, :me, :now, :me, 1) "
                    "ON CONFLICT (tenant_id, user_id, page) DO UPDATE SET words = excluded.words, "
                    "updated_at = excluded.updated_at",
                    ARGS({":id", value_int(id_new())}, {":me", me}, {":page", value_text(page)}, {":words", value_text(words)}));
}
