/* postgres_wall.c - the statements that raise the second wall (postgres_wall.h). Each may run again without harm. */
#include "db/postgres_wall.h"

/* A name that PostgreSQL takes as it stands, whatever is in it. */
static void quote_name(struct buf *b, const char *name) {
    buf_char(b, '"');
    for (const char *c = name; *c; c++) {
        if (*c == '"') buf_char(b, '"');
        buf_char(b, *c);
    }
    buf_char(b, '"');
}

static void quote_text(struct buf *b, const char *text) {
    buf_char(b, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '\'') buf_char(b, '\'');
        buf_char(b, *c);
    }
    buf_char(b, '\'');
}

/* Roles belong to the whole cluster, so another database's migration may be making the same one at this moment. */
static void make_role(struct buf *b, const char *name, const char *rights) {
    buf_lit(b, "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ");
    quote_text(b, name);
    buf_lit(b, ") THEN CREATE ROLE ");
    quote_name(b, name);
    buf_printf(b, " %s; END IF;\nEXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;\n", rights);
}

/* A member takes the platform's rights only by SET ROLE; the owner, whose work is the whole database, has them always. */
static void make_member(struct buf *b, const char *name) {
    buf_lit(b, "DO $$ BEGIN IF NOT pg_has_role(");
    quote_text(b, name);
    buf_lit(b, ", '" POSTGRES_PLATFORM "', 'MEMBER') THEN GRANT " POSTGRES_PLATFORM " TO ");
    quote_name(b, name);
    buf_lit(b, "; END IF;\nEXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;\n");
}

void postgres_wall_roles(struct buf *b, const char *app_role, const char *verifier) {
    make_role(b, POSTGRES_PLATFORM, "NOLOGIN NOSUPERUSER NOBYPASSRLS");
    make_role(b, app_role, "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE");
    if (verifier) {
        buf_lit(b, "ALTER ROLE ");
        quote_name(b, app_role);
        buf_lit(b, " PASSWORD ");
        quote_text(b, verifier);
        buf_lit(b, ";\n");
    }
    make_member(b, app_role);
    buf_lit(b, "DO $$ BEGIN IF NOT pg_has_role(current_user, '" POSTGRES_PLATFORM "', 'USAGE') THEN"
               " EXECUTE format('GRANT " POSTGRES_PLATFORM " TO %I', current_user); END IF;\n"
               "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;\n");
    buf_lit(b, "DO $$ BEGIN IF to_regclass('migrations') IS NOT NULL THEN GRANT SELECT ON migrations TO ");
    quote_name(b, app_role);
    buf_lit(b, ", " POSTGRES_PLATFORM "; END IF; END $$;\n");
}

static void grant(struct buf *b, const char *rights, const char *table, const char *role) {
    buf_printf(b, "GRANT %s ON %s TO ", rights, table);
    quote_name(b, role);
    buf_lit(b, ";\n");
}

void postgres_wall_table(struct buf *b, const char *table, enum db_wall wall, const char *app_role) {
    static const char all[] = "SELECT, INSERT, UPDATE, DELETE";
    grant(b, all, table, POSTGRES_PLATFORM);
    grant(b, wall == DB_WALL_SHARED ? "SELECT" : all, table, app_role);
    if (wall == DB_WALL_SHARED) return;
    const char *column = wall == DB_WALL_TENANT ? "tenant_id" : "id";
    /* Asked first: these statements lock the table against everybody, which a migration of something else must not. */
    buf_printf(b,
               "DO $$ BEGIN\n"
               "  IF NOT (SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = '%s'::regclass) THEN\n"
               "    ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\n"
               "  END IF;\n"
               "  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = '%s'::regclass AND polname = 'of_tenant') THEN\n"
               "    CREATE POLICY of_tenant ON %s USING (%s = " POSTGRES_TENANT ")\n"
               "      WITH CHECK (%s = " POSTGRES_TENANT ");\n"
               "  END IF;\n"
               "  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = '%s'::regclass AND polname = 'of_platform') THEN\n"
               "    CREATE POLICY of_platform ON %s TO " POSTGRES_PLATFORM " USING (true) WITH CHECK (true);\n"
               "  END IF;\n"
               "END $$;\n",
               table, table, table, table, column, column, table, table);
}

void postgres_wall_function(struct buf *b, const char *function, const char *app_role) {
    buf_printf(b, "REVOKE ALL ON FUNCTION %s FROM PUBLIC;\nGRANT EXECUTE ON FUNCTION %s TO ", function, function);
    quote_name(b, app_role);
    buf_lit(b, ", " POSTGRES_PLATFORM ";\n");
}
