/* schema.c - tables and indexes from the registry; the lock; the difference between an old lock and today. */
#include "core/schema.h"

#include <stdlib.h>

#include "core/entity.h"
#include "core/kind.h"
#include "core/registry.h"

static const char *column_type(const struct field *f, const struct db_dialect *dialect) {
    return kind_is_text(f->kind) ? dialect->text : dialect->integer;
}

/* References are checked by the database too, except the implicit ones to users, which only the server writes. */
static bool has_foreign_key(const struct field *f) { return f->to && f->stored && !(f->flags & IMPLICIT); }

static bool not_null(const struct field *f) { return (f->flags & REQUIRED) != 0; }

static void column(struct buf *b, const struct field *f, const struct db_dialect *dialect) {
    if (f->index == f->entity->id) {
        buf_cstr(b, f->entity->tenant_id >= 0 ? dialect->tenant_id : dialect->shared_id);
        return;
    }
    buf_add(b, f->name);
    buf_char(b, ' ');
    buf_cstr(b, column_type(f, dialect));
    if (f->index == f->entity->version) buf_lit(b, " NOT NULL DEFAULT 1");
    else if (not_null(f)) buf_lit(b, " NOT NULL");
}

static bool tenant_key(const struct entity *entity) { return entity->tenant_id >= 0; }

/* Of one tenant's table to another the reference holds the tenant too, so that none can lead out of it. */
static void reference(struct buf *b, const struct field *f) {
    const char *tenant = tenant_key(f->entity) && tenant_key(f->to) ? "tenant_id, " : "";
    buf_printf(b, "FOREIGN KEY (%s%s) REFERENCES %s (%sid)", tenant, f->decl->name, f->to->decl->name, tenant);
}

static void reference_name(struct buf *b, const struct field *f) {
    buf_printf(b, "%s_%s_fkey", f->entity->decl->name, f->decl->name);
}

static void add_reference(struct buf *b, const struct field *f) {
    buf_printf(b, "ALTER TABLE %s ADD CONSTRAINT ", f->entity->decl->name);
    reference_name(b, f);
    buf_char(b, ' ');
    reference(b, f);
    buf_lit(b, ";\n");
}

static void add_references(struct buf *b, const struct entity *entity) {
    for (int i = 0; i < entity->field_count; i++)
        if (has_foreign_key(&entity->fields[i])) add_reference(b, &entity->fields[i]);
}

static void table(struct buf *b, const struct entity *entity, const struct db_dialect *dialect) {
    buf_lit(b, "CREATE TABLE ");
    buf_add(b, entity->name);
    buf_lit(b, " (\n");
    bool first = true;
    for (int i = 0; i < entity->field_count; i++) {
        if (!entity->fields[i].stored) continue;
        buf_cstr(b, first ? "  " : ",\n  ");
        first = false;
        column(b, &entity->fields[i], dialect);
    }
    if (tenant_key(entity)) buf_printf(b, ",\n  %s", dialect->tenant_key);
    for (int i = 0; i < entity->field_count; i++) {
        if (dialect->keys_afterwards || !has_foreign_key(&entity->fields[i])) continue;
        buf_lit(b, ",\n  ");
        reference(b, &entity->fields[i]);
    }
    buf_lit(b, "\n);\n");
}

/* Whether no declared index finds the rows by their time in a calendar. */
static bool calendar_waits(const struct entity *entity) {
    struct str words = str_of(entity->decl->calendar), from, first;
    if (!str_word(&words, &from)) return false;
    for (int i = 0; i < entity->decl->index_count; i++) {
        struct str rest = str_of(entity->decl->indexes[i].fields);
        if (!entity->decl->indexes[i].where && str_word(&rest, &first) && str_eq(first, from)) return false;
    }
    return true;
}

/* The declared ones in their order, then what follows from the declaration: a calendar's month is read by its times, of which the
 * end is asked of all that began before, and the bin holds few rows among many. False behind the last. */
static bool index_at(struct arena *arena, const struct entity *entity, int i, struct index_decl *index) {
    const struct entity_decl *decl = entity->decl;
    if (i < decl->index_count) {
        *index = decl->indexes[i];
        return true;
    }
    i -= decl->index_count;
    if (calendar_waits(entity) && i-- == 0) {
        struct str to = str_of(decl->calendar), from; /* in its order by time and id, the end without a look at the row */
        str_word(&to, &from);
        to = str_trim(to);
        struct str words = str_printf(arena, "%.*s%s%.*s", STR_ARG(from), to.len ? " id " : "", STR_ARG(to));
        *index = (struct index_decl){.fields = words.ptr};
        return true;
    }
    *index = (struct index_decl){.fields = "deleted_at", .deleted = true};
    return i == 0 && entity_has_bin(entity);
}

/* "leads_status_created_at": stable, so that the lock can name it. */
static void index_name(struct buf *b, const struct entity *entity, const struct index_decl *index) {
    buf_add(b, entity->name);
    struct str rest = str_of(index->fields), word;
    while (str_word(&rest, &word)) {
        buf_char(b, '_');
        buf_add(b, word);
    }
    buf_cstr(b, index->unique ? "_key" : "_idx");
}

static void index_column(struct buf *b, const struct entity *entity, struct str name, const struct db_dialect *dialect) {
    const struct field *f = entity_field(entity, name);
    buf_add(b, name);
    if (f && !not_null(f)) buf_cstr(b, dialect->nulls_first);
}

static void index_sql(struct buf *b, const struct entity *entity, const struct index_decl *index,
                      const struct db_dialect *dialect) {
    buf_cstr(b, index->unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    index_name(b, entity, index);
    buf_lit(b, " ON ");
    buf_add(b, entity->name);
    buf_lit(b, " (");
    bool first = true;
    if (tenant_key(entity)) {
        buf_lit(b, "tenant_id");
        first = false;
    }
    struct str rest = str_of(index->fields), word;
    while (str_word(&rest, &word)) {
        if (!first) buf_lit(b, ", ");
        first = false;
        index_column(b, entity, word, dialect);
    }
    bool ends = !dialect->last_column || index->unique || str_in_words(index->fields, str_of(dialect->last_column));
    if (!ends) buf_printf(b, ", %s", dialect->last_column);
    buf_char(b, ')');
    bool live = entity->deleted_at >= 0;
    if (live || index->where) buf_lit(b, " WHERE ");
    if (live) buf_cstr(b, index->deleted ? "deleted_at IS NOT NULL" : "deleted_at IS NULL");
    if (index->where) buf_printf(b, "%s(%s)", live ? " AND " : "", index->where);
    buf_lit(b, ";\n");
}

void schema_sql(struct buf *b, const struct db_dialect *dialect) {
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        table(b, entity, dialect);
        struct index_decl index;
        for (int i = 0; index_at(b->arena, entity, i, &index); i++) index_sql(b, entity, &index, dialect);
    }
    for (int e = 0; dialect->keys_afterwards && e < registry_count(); e++) add_references(b, registry_at(e));
    dialect->search_ddl(b);
}

/* ---- the wall -------------------------------------------------------------------------------------------------------------- */

void schema_wall(struct buf *b, const struct db_dialect *dialect, const char *app_role, struct str password) {
    if (!dialect->wall_ddl) return;
    dialect->roles_ddl(b, app_role, password);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        enum db_wall wall = tenant_key(entity)                         ? DB_WALL_TENANT
                            : str_eqc(entity->name, "tenants") ? DB_WALL_SELF
                                                                       : DB_WALL_SHARED;
        dialect->wall_ddl(b, entity->decl->name, wall, app_role);
    }
    dialect->search_wall(b, app_role);
}

/* ---- spread over machines -------------------------------------------------------------------------------------------------- */

static void each_reference(struct buf *b, void (*write)(struct buf *b, const struct field *f)) {
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        for (int i = 0; i < entity->field_count; i++)
            if (has_foreign_key(&entity->fields[i])) write(b, &entity->fields[i]);
    }
}

static void drop_reference(struct buf *b, const struct field *f) {
    buf_printf(b, "ALTER TABLE %s DROP CONSTRAINT ", f->entity->decl->name);
    reference_name(b, f);
    buf_lit(b, ";\n");
}

/* Of the tables without tenants, those that only servers look at have no reason to stand on every machine. */
static bool stays(const struct entity *entity) { return !tenant_key(entity) && entity_is(entity, ENTITY_INTERNAL); }

void schema_citus(struct buf *b) {
    buf_lit(b, "-- Spreads a Tenon database over the machines of a Citus cluster. Run once, after tenon migrate, as the owner:\n"
               "--   tenon schema --sql citus | psql --single-transaction URL\n"
               "-- and for the tables of a later migration, their lines again.\n\n"
               "-- References can be kept between tables of one kind only, so they go while the kinds change.\n");
    each_reference(b, drop_reference);
    buf_lit(b, "\n-- What all companies share is small and read by all: a copy on every machine.\n");
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!tenant_key(entity) && !stays(entity)) buf_printf(b, "SELECT create_reference_table('%s');\n", entity->decl->name);
    }
    for (int e = 0; e < registry_count(); e++)
        if (stays(registry_at(e)))
            buf_printf(b, "-- %s stays on the coordinator: only servers look at it.\n", registry_at(e)->decl->name);
    buf_lit(b, "\n-- All of a company's rows stand on one machine, since every table is cut by tenant_id and kept together with\n"
               "-- the others: each query and each transaction of a company stays on it.\n");
    const char *together = "none";
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!tenant_key(entity)) continue;
        buf_printf(b, "SELECT create_distributed_table('%s', 'tenant_id', colocate_with => '%s');\n", entity->decl->name,
                   together);
        if (!strcmp(together, "none")) together = entity->decl->name;
    }
    buf_printf(b, "SELECT create_distributed_table('search_docs', 'tenant_id', colocate_with => '%s');\n", together);
    buf_lit(b, "\n-- Every reference holds the tenant, so each machine can check its own.\n");
    each_reference(b, add_reference);
}

/* ---- the lock -------------------------------------------------------------------------------------------------------------- */

static void lock_column(struct buf *b, const struct field *f) {
    buf_printf(b, "column %s.%s %s%s", f->entity->decl->name, f->decl->name, f->kind->stored, not_null(f) ? " required" : "");
    if (has_foreign_key(f)) buf_printf(b, " references %s", f->to->decl->name);
    buf_char(b, '\n');
}

static void lock_index(struct buf *b, const struct entity *entity, const struct index_decl *index) {
    buf_lit(b, "index ");
    index_name(b, entity, index);
    buf_printf(b, " on %s (%s)%s", entity->decl->name, index->fields, index->unique ? " unique" : "");
    if (index->where) buf_printf(b, " where %s", index->where);
    if (index->deleted) buf_lit(b, " where deleted");
    buf_char(b, '\n');
}

void schema_lock(struct buf *b) {
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        buf_printf(b, "table %s\n", entity->decl->name);
        for (int i = 0; i < entity->field_count; i++)
            if (entity->fields[i].stored) lock_column(b, &entity->fields[i]);
        struct index_decl index;
        for (int i = 0; index_at(b->arena, entity, i, &index); i++) lock_index(b, entity, &index);
    }
}

/* ---- the difference -------------------------------------------------------------------------------------------------------- */

static bool locked(struct str lock, struct str line) {
    struct str part;
    line = str_trim(line);
    while (str_split(&lock, '\n', &part))
        if (str_eq(part, line)) return true;
    return false;
}

/* The first line of the lock that begins so, or empty. */
static struct str locked_as(struct str lock, struct str beginning) {
    struct str part;
    while (str_split(&lock, '\n', &part))
        if (str_starts(part, beginning)) return part;
    return STR("");
}

static void diff_column(struct buf *b, const struct field *f, struct str lock, const struct db_dialect *dialect,
                        struct buf *references, struct errors *errors) {
    struct buf now = buf_new(b->arena, 128);
    lock_column(&now, f);
    if (locked(lock, buf_str(&now))) return;
    const char *table_name = f->entity->decl->name;
    if (locked_as(lock, str_printf(b->arena, "column %s.%s ", table_name, f->decl->name)).len) {
        errors_add(errors, 409, "by_hand", NULL, "%s.%s changed its type or reference: write that step by hand.", table_name,
                   f->decl->name);
        return;
    }
    if (f->decl->was && locked_as(lock, str_printf(b->arena, "column %s.%s ", table_name, f->decl->was)).len) {
        buf_printf(b, "ALTER TABLE %s RENAME COLUMN %s TO %s;\n", table_name, f->decl->was, f->decl->name);
        return;
    }
    if (not_null(f)) {
        errors_add(errors, 409, "by_hand", NULL, "%s.%s is new and required: write by hand what the existing rows get.",
                   table_name, f->decl->name);
        return;
    }
    buf_printf(b, "ALTER TABLE %s ADD COLUMN ", table_name);
    column(b, f, dialect);
    bool apart = dialect->keys_afterwards;
    if (has_foreign_key(f) && !apart) buf_printf(b, " REFERENCES %s (id)", f->to->decl->name);
    buf_lit(b, ";\n");
    if (has_foreign_key(f) && apart) add_reference(references, f);
}

/* Columns and tables of the lock that no declaration names any more. */
static void diff_dropped(struct str lock, struct errors *errors, struct arena *arena) {
    struct str line;
    while (str_split(&lock, '\n', &line)) {
        struct str word, name, entity_name;
        if (!str_word(&line, &word) || !str_word(&line, &name)) continue;
        if (str_eqc(word, "table") && !registry_find(name))
            errors_add(errors, 409, "by_hand", NULL, "The table %.*s is gone: drop it by hand.", STR_ARG(name));
        if (!str_eqc(word, "column") || !str_split(&name, '.', &entity_name)) continue;
        const struct entity *entity = registry_find(entity_name);
        if (!entity || entity_field(entity, name)) continue;
        bool renamed = false;
        for (int i = 0; i < entity->field_count; i++)
            renamed = renamed || (entity->fields[i].decl->was && str_eqc(name, entity->fields[i].decl->was));
        if (!renamed)
            errors_add(errors, 409, "by_hand", NULL, "%s is gone: drop it by hand.",
                       str_cstr(arena, str_printf(arena, "%.*s.%.*s", STR_ARG(entity_name), STR_ARG(name))));
    }
}

static void diff_indexes(struct buf *b, const struct entity *entity, struct str lock, const struct db_dialect *dialect) {
    struct index_decl index;
    for (int i = 0; index_at(b->arena, entity, i, &index); i++) {
        struct buf now = buf_new(b->arena, 128), name = buf_new(b->arena, 64);
        lock_index(&now, entity, &index);
        if (locked(lock, buf_str(&now))) continue;
        index_name(&name, entity, &index);
        if (locked_as(lock, str_printf(b->arena, "index %.*s ", STR_ARG(buf_str(&name)))).len)
            buf_printf(b, "DROP INDEX %.*s;\n", STR_ARG(buf_str(&name)));
        index_sql(b, entity, &index, dialect);
    }
}

static void diff_dropped_indexes(struct buf *b, struct str lock) {
    struct buf now = buf_new(b->arena, 65536);
    schema_lock(&now);
    struct str line;
    while (str_split(&lock, '\n', &line)) {
        struct str rest = line, word, name;
        if (!str_word(&rest, &word) || !str_eqc(word, "index") || !str_word(&rest, &name)) continue;
        if (!locked_as(buf_str(&now), str_printf(b->arena, "index %.*s ", STR_ARG(name))).len)
            buf_printf(b, "DROP INDEX %.*s;\n", STR_ARG(name));
    }
}

bool schema_diff(struct buf *b, struct str old_lock, const struct db_dialect *dialect, struct errors *errors) {
    bool fresh = str_trim(old_lock).len == 0;
    if (fresh) {
        schema_sql(b, dialect);
        return true;
    }
    diff_dropped(old_lock, errors, b->arena);
    diff_dropped_indexes(b, old_lock);
    struct buf references = buf_new(b->arena, 1024);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!locked(old_lock, str_printf(b->arena, "table %s", entity->decl->name))) {
            table(b, entity, dialect);
            if (dialect->keys_afterwards) add_references(&references, entity);
        } else {
            for (int i = 0; i < entity->field_count; i++)
                if (entity->fields[i].stored) diff_column(b, &entity->fields[i], old_lock, dialect, &references, errors);
        }
        diff_indexes(b, entity, old_lock, dialect);
    }
    buf_add(b, buf_str(&references));
    return errors->count == 0;
}
