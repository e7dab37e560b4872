/* audit.c - entries in audit_logs, written in the transaction of what they tell of, each chained to the one before. */
#include "core/audit.h"

#include <sodium.h>

#include "base/utf8.h"

/* One entry as it is stored, in the order in which it is hashed. */
enum {
    ENTRY_ID,
    ENTRY_USER,
    ENTRY_ACTION,
    ENTRY_TYPE,
    ENTRY_RECORD,
    ENTRY_CHANGES,
    ENTRY_SET,
    ENTRY_IP,
    ENTRY_AGENT,
    ENTRY_REQUEST,
    ENTRY_AT,
    ENTRY_PARTS
};
struct entry {
    struct value parts[ENTRY_PARTS];
};

/* ---- the chain ------------------------------------------------------------------------------------------------------- */

#define CHAIN_HEX (crypto_hash_sha256_BYTES * 2 + 1)
_Static_assert(sizeof((struct audit_head){0}.hash) == CHAIN_HEX, "a context has room for a hash");

static void hash_part(crypto_hash_sha256_state *state, struct value part) {
    // Type and length come first, so that no two entries are the same bytes.
    uint64_t number = part.type == VALUE_TEXT ? part.text.len : (uint64_t)part.integer;
    uint8_t bytes[9] = {(uint8_t)part.type};
    for (int i = 0; i < 8; i++) bytes[i + 1] = (uint8_t)(number >> (8 * i));
    crypto_hash_sha256_update(state, bytes, sizeof bytes);
    if (part.type == VALUE_TEXT) crypto_hash_sha256_update(state, (const unsigned char *)part.text.ptr, part.text.len);
}

static void hash_entry(char hex[CHAIN_HEX], struct str before, const struct entry *entry) {
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_init(&state);
    hash_part(&state, value_text(before));
    for (int i = 0; i < ENTRY_PARTS; i++) hash_part(&state, entry->parts[i]);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(hex, CHAIN_HEX, hash, sizeof hash);
}

static void copy_hash(char hex[CHAIN_HEX], struct str stored) {
    size_t len = stored.len < CHAIN_HEX ? stored.len : CHAIN_HEX - 1;
    memcpy(hex, stored.ptr, len);
    hex[len] = 0;
}

static struct value column(struct db_stmt *stmt, int i, bool text) {
    if (db_is_null(stmt, i)) return VALUE_NONE;
    return text ? value_text(db_text(stmt, i)) : value_int(db_int(stmt, i));
}

static void read_entry(struct db_stmt *stmt, struct entry *entry) {
    static const char texts[ENTRY_PARTS] = {
        [ENTRY_ACTION] = 1, [ENTRY_TYPE] = 1, [ENTRY_CHANGES] = 1, [ENTRY_IP] = 1, [ENTRY_AGENT] = 1, [ENTRY_REQUEST] = 1};
    for (int i = 0; i < ENTRY_PARTS; i++) entry->parts[i] = column(stmt, i, texts[i]);
}

#define CHAIN_CHUNK 1000 /* entries that are in memory at a time */

/* Goes on from the entry chain->head_id, whose hash is in `before`. *count tells how many there were. */
static bool verify_chunk(struct ctx *ctx, struct audit_chain *chain, char before[CHAIN_HEX], int *count) {
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id, user_id, action, entity_type, entity_id, changes, change_set_id, ip_address, "
                                  "user_agent, request_id, created_at, chain_hash FROM audit_logs WHERE tenant_id = :tenant "
                                  "AND id > :last ORDER BY id LIMIT :most",
                                  ARGS({":last", value_int(chain->head_id)}, {":most", value_int(CHAIN_CHUNK)}));
    if (!s) return false;
    char expected[CHAIN_HEX];
    enum db_result r;
    for (*count = 0; (r = db_step(s)) == DB_ROW; ++*count) {
        struct entry entry;
        read_entry(s, &entry);
        hash_entry(expected, str_of(before), &entry);
        copy_hash(before, db_text(s, ENTRY_PARTS)); // the next one follows on what stands here, right or wrong
        chain->head_id = entry.parts[ENTRY_ID].integer;
        if (strcmp(before, expected) == 0)
            chain->entries++;
        else if (!chain->broken_id)
            chain->broken_id = chain->head_id;
    }
    db_reset(s);
    return r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

bool audit_verify(struct ctx *ctx, struct audit_chain *chain) {
    *chain = (struct audit_chain){.head = STR("")};
    char before[CHAIN_HEX] = "";
    int count;
    do {
        if (!verify_chunk(ctx, chain, before, &count)) return false;
    } while (count == CHAIN_CHUNK);
    chain->head = str_dup(ctx->arena, str_of(before));
    return true;
}

/* ---- writing --------------------------------------------------------------------------------------------------------- */

static struct value id_or_none(int64_t id) {
    return id ? value_int(id) : VALUE_NONE;
}

/* At most `most` characters: what a client sends about itself must not make a save fail. */
static struct value text_or_none(struct str text, size_t most) {
    if (text.len > most) text = utf8_prefix(text, most);
    return text.len ? value_text(text) : VALUE_NONE;
}

void audit_forget(struct ctx *ctx) {
    db_reset(ctx->audit_head->asked);
    *ctx->audit_head = (struct audit_head){0};
}

void audit_ahead(struct ctx *ctx) {
    struct audit_head *head = ctx->audit_head;
    if (!ctx->tenant_id || head->tenant_id == ctx->tenant_id) return;
    audit_forget(ctx);
    head->asked = sql_ahead(ctx, "SELECT id, chain_hash FROM audit_logs WHERE tenant_id = :tenant ORDER BY id DESC LIMIT 1",
                            NO_ARGS);
    if (head->asked) head->tenant_id = ctx->tenant_id;
}

/* The tenant's newest entry, whose hash the next one carries and above whose id its own must be. NULL with an error. */
static struct audit_head *read_head(struct ctx *ctx) {
    struct audit_head *head = ctx->audit_head;
    audit_ahead(ctx);
    if (!head->tenant_id) return NULL;
    if (!head->asked) return head;
    enum db_result r = db_step(head->asked);
    head->id = r == DB_ROW ? db_int(head->asked, 0) : 0;
    copy_hash(head->hash, r == DB_ROW ? db_text(head->asked, 1) : STR(""));
    db_reset(head->asked);
    head->asked = NULL;
    if (r == DB_ROW || r == DB_DONE) return head;
    audit_forget(ctx);
    db_fail(ctx->conn, r, &ctx->errors);
    return NULL;
}

static bool insert(struct ctx *ctx, const char *action, struct str entity_type, int64_t entity_id, struct str changes) {
    if (!ctx->tenant_id) return true; // the platform's own work: there is no tenant's log that it would belong to
    struct audit_head *head = read_head(ctx);
    if (!head) return false;
    int64_t id = id_new();
    if (id <= head->id) id = head->id + 1; // another process was ahead of our clock
    struct entry e = {.parts = {[ENTRY_ID] = value_int(id),
                                [ENTRY_USER] = id_or_none(ctx->actor->user_id),
                                [ENTRY_ACTION] = value_text(str_of(action)),
                                [ENTRY_TYPE] = text_or_none(entity_type, 63),
                                [ENTRY_RECORD] = id_or_none(entity_id),
                                [ENTRY_CHANGES] = text_or_none(changes, SIZE_MAX),
                                [ENTRY_SET] = id_or_none(ctx->change_set_id),
                                [ENTRY_IP] = text_or_none(ctx->ip, 45),
                                [ENTRY_AGENT] = text_or_none(ctx->user_agent, 500),
                                [ENTRY_REQUEST] = text_or_none(ctx->request_id, 64),
                                [ENTRY_AT] = value_int(ctx->now)}};
    hash_entry(head->hash, str_of(head->hash), &e); // the one before is read before it is written over
    head->id = id;
    db_witness(ctx->conn, "SELECT 1 FROM audit_logs WHERE tenant_id = :tenant AND id = :id", ctx->tenant_id, id);
    return sql_defer(ctx,
                    "INSERT INTO audit_logs (id, tenant_id, user_id, action, entity_type, entity_id, changes, change_set_id, "
                    "ip_address, user_agent, request_id, created_at, chain_hash) VALUES (:id, :tenant, :user, :action, :entity, "
                    ":record, :changes, :set, :ip, :agent, :request, :now, :hash)",
                    ARGS({":id", e.parts[ENTRY_ID]}, {":user", e.parts[ENTRY_USER]}, {":action", e.parts[ENTRY_ACTION]},
                         {":entity", e.parts[ENTRY_TYPE]}, {":record", e.parts[ENTRY_RECORD]},
                         {":changes", e.parts[ENTRY_CHANGES]}, {":set", e.parts[ENTRY_SET]}, {":ip", e.parts[ENTRY_IP]},
                         {":agent", e.parts[ENTRY_AGENT]}, {":request", e.parts[ENTRY_REQUEST]},
                         {":hash", value_text(str_of(head->hash))}));
}

static void write_side(struct buf *b, const struct kind_env *env, const struct row *row, const struct field *field) {
    struct kind_env own = row_env(env, row, field);
    kind_to_json(b, field, &own, row->values[field->index]);
}

/* Fields that every save touches tell nothing. */
static bool technical(const struct entity *entity, int i) {
    return i == entity->updated_at || i == entity->updated_by_id || i == entity->version || i == entity->deleted_at;
}

static struct str changes_of(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    struct buf b = buf_new(ctx->arena, 256);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!f->stored || (f->flags & HIDDEN) || technical(entity, i)) continue;
        bool secret = f->kind == &kind_secret, differs = !value_eq(change->old->values[i], change->row->values[i]);
        // A secret is sealed elsewhere: the row may look the same after it changed.
        if (!differs && !(secret && field_set_has(&change->given, i))) continue;
        buf_char(&b, b.len ? ',' : '{');
        buf_add(&b, f->json_key);
        if (secret) {
            buf_lit(&b, "\"changed\"");
            continue;
        }
        buf_char(&b, '[');
        write_side(&b, &ctx->env, change->old, f);
        buf_char(&b, ',');
        write_side(&b, &ctx->env, change->row, f);
        buf_char(&b, ']');
    }
    if (b.len) buf_char(&b, '}');
    return buf_str(&b);
}

bool audit_record(struct ctx *ctx, const struct change *change, const char *verb) {
    const struct entity *entity = change->entity;
    if (entity_is(entity, ENTITY_NO_AUDIT)) return true;
    struct str changes = change->old && change->row ? changes_of(ctx, change) : STR("");
    return insert(ctx, verb, entity->name, row_id(change->row ? change->row : change->old), changes);
}

bool audit_note(struct ctx *ctx, const char *action, const char *entity_type, int64_t entity_id, struct str detail_json) {
    return insert(ctx, action, str_of(entity_type), entity_id, detail_json);
}
