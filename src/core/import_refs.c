/* import_refs.c - from the names of records to their ids: all of an entity read once, 16 bytes a name. */
#include "base/text.h"
#include "core/import_impl.h"

#define PAGE 2000
#define PAGE_MEMORY (64u << 20)
#define SEVERAL INT64_C(-1) /* more than one record has this name */

struct import_name {
    uint64_t key; /* 0: free */
    int64_t id;
};

struct str import_fold(struct arena *arena, struct str text) {
    struct str folded = text_fold(arena, str_trim(text));
    char *out = arena_raw(arena, folded.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.len; i++) {
        bool space = strchr(" \t\r\n", folded.ptr[i]) != NULL && folded.ptr[i];
        if (space && n && out[n - 1] == ' ') continue;
        out[n++] = space ? ' ' : folded.ptr[i];
    }
    return (struct str){out, n};
}

/* FNV-1a, and mixed well so that the low bits may choose a slot. */
uint64_t import_hash(uint64_t seed, struct str text) {
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (seed * UINT64_C(0x9E3779B97F4A7C15));
    for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
    h = (h ^ (h >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94d049bb133111eb);
    h ^= h >> 31;
    return h ? h : 1;
}

struct import_refs *import_refs_of(struct import *import, const struct entity *to) {
    for (struct import_refs *r = import->refs; r; r = r->next)
        if (r->to == to) return r;
    struct import_refs *refs = arena_alloc(import->ctx->arena, sizeof *refs);
    *refs = (struct import_refs){.to = to, .next = import->refs};
    import->refs = refs;
    return refs;
}

static struct import_name *slot_of(const struct import_refs *refs, uint64_t key) {
    size_t at = (size_t)key & (refs->cap - 1);
    while (refs->slots[at].key && refs->slots[at].key != key) at = (at + 1) & (refs->cap - 1);
    return &refs->slots[at];
}

static void grow(struct import_refs *refs, struct arena *arena) {
    struct import_refs old = *refs;
    refs->cap = old.cap ? old.cap * 2 : 64;
    refs->slots = arena_array(arena, struct import_name, refs->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key) *slot_of(refs, old.slots[i].key) = old.slots[i];
}

void import_refs_put(struct import_refs *refs, struct arena *arena, uint64_t key, int64_t id) {
    if (2 * (refs->count + 1) > refs->cap) grow(refs, arena);
    struct import_name *slot = slot_of(refs, key);
    if (!slot->key) {
        *slot = (struct import_name){key, id};
        refs->count++;
    } else if (slot->id != id) {
        slot->id = SEVERAL;
    }
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

struct loading {
    struct import_refs *refs;
    struct arena *keeps, *page;
    const struct field *title, *email;
};

static uint64_t key_of(struct arena *arena, struct str name) { return import_hash(0, import_fold(arena, name)); }

static void take(void *arg, const struct row *row) {
    struct loading *l = arg;
    const struct field *fields[] = {l->title, l->email};
    for (int i = 0; i < 2; i++) {
        const struct field *f = fields[i];
        if (!f || row->values[f->index].type != VALUE_TEXT || !row->values[f->index].text.len) continue;
        import_refs_put(l->refs, l->keeps, key_of(l->page, row->values[f->index].text), row_id(row));
    }
}

static bool load_page(struct ctx *ctx, struct loading *l, struct buf *cursor) {
    struct ctx part = *ctx;
    part.arena = part.env.arena = l->page;
    struct query *q = query_new(&part, l->refs->to);
    q->limit = PAGE;
    q->cursor = buf_str(cursor);
    query_sort(q, "id");
    if (l->title) field_set_add(&q->fields, l->title->index);
    if (l->email) field_set_add(&q->fields, l->email->index);
    struct rows rows;
    bool ok = query_each(q, &rows, take, l);
    ctx->errors = part.errors;
    cursor->len = 0;
    if (ok) buf_add(cursor, rows.next);
    return ok;
}

bool import_refs_load(struct ctx *ctx, struct import_refs *refs, struct arena *arena) {
    if (refs->loaded) return true;
    refs->loaded = true;
    struct loading l = {.refs = refs, .keeps = arena, .title = refs->to->title, .email = entity_field(refs->to, STR("email"))};
    if (l.title && (!l.title->stored || !kind_is_text(l.title->kind))) l.title = NULL;
    if (l.email && !l.email->stored) l.email = NULL;
    if ((!l.title && !l.email) || !access_may(ctx->actor, refs->to, MAY_READ)) return true;
    struct buf cursor = buf_new(arena, 256);
    bool ok = true;
    do {
        l.page = arena_new(PAGE_MEMORY);
        ok = load_page(ctx, &l, &cursor);
        arena_free(l.page);
    } while (ok && cursor.len);
    return ok;
}

/* ---- finding ------------------------------------------------------------------------------------------------------------ */

static enum import_ref found(int64_t id, int64_t *out) {
    *out = id;
    return id == SEVERAL ? REF_SEVERAL : REF_FOUND;
}

static void note_made(struct import *import, struct import_refs *refs, uint64_t key, int64_t id) {
    struct arena *arena = import->ctx->arena;
    if (!refs->made) {
        if (import->result->added_count == IMPORT_ADDED) return;
        refs->made = arena_alloc(arena, sizeof *refs->made);
        *refs->made = (struct import_refs){.to = refs->to};
        import->result->added[import->result->added_count++] = refs->made;
    }
    import_refs_put(refs->made, arena, key, id);
}

int64_t import_added_count(const struct import_refs *made) { return (int64_t)made->count; }

const struct entity *import_added_to(const struct import_refs *made) { return made->to; }

/* What is missing is made by the row that names it, and is gone again where the row is not saved. */
static enum import_ref make(struct ctx *ctx, struct import *import, struct import_refs *refs, struct str name, uint64_t key,
                            int64_t *id) {
    struct repo_input in = repo_input(ctx, refs->to, 0);
    if (!repo_input_text(&in, refs->to->title->name, str_trim(name))) return REF_NONE;
    struct row *row = repo_create(&in);
    if (!row) return REF_NONE;
    if (import->options->dry_run) note_made(import, refs, key, 0); // each row makes it anew
    struct import_pending *pending = arena_alloc(ctx->arena, sizeof *pending);
    *pending = (struct import_pending){refs, key, row_id(row), import->pending};
    import->pending = pending;
    return found(row_id(row), id);
}

enum import_ref import_refs_find(struct ctx *ctx, struct import *import, struct import_refs *refs, struct str name, int64_t *id) {
    if (!import_refs_load(ctx, refs, import->ctx->arena)) return REF_NONE;
    uint64_t key = key_of(ctx->arena, name);
    for (const struct import_pending *p = import->pending; p; p = p->next)
        if (p->refs == refs && p->key == key) return found(p->id, id);
    const struct import_name *slot = refs->cap ? slot_of(refs, key) : NULL;
    if (slot && slot->key) return found(slot->id, id);
    bool may_make = import->options->create_missing && entity_is(refs->to, ENTITY_ADDABLE) && refs->to->title && ctx->writing;
    return may_make ? make(ctx, import, refs, name, key, id) : REF_NONE;
}

void import_refs_settle(struct import *import, bool kept) {
    for (const struct import_pending *p = import->pending; p && kept; p = p->next) {
        import_refs_put(p->refs, import->ctx->arena, p->key, p->id);
        note_made(import, p->refs, p->key, p->id);
    }
    import->pending = NULL;
}
