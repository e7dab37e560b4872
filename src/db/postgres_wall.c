/* postgres_wall.c - the statements that raise the second wall (postgres_wall.h). Each may run again without harm. */
#include "db/postgres_wall.h"

#include <openssl/evp.h>
#include <sodium.h>

#define SHA crypto_hash_sha256_BYTES
#define SCRAM_ROUNDS 4096

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

/* What the server keeps of a password (RFC 5803), made here so that the password itself is in no statement and no log. */
static void verifier(struct buf *b, struct str password) {
    unsigned char salt[16], salted[SHA], key[SHA], stored[SHA];
    randombytes_buf(salt, sizeof salt);
    PKCS5_PBKDF2_HMAC(password.ptr, (int)password.len, salt, sizeof salt, SCRAM_ROUNDS, EVP_sha256(), SHA, salted);
    crypto_auth_hmacsha256(key, (const unsigned char *)"Client Key", 10, salted);
    crypto_hash_sha256(stored, key, sizeof key);
    crypto_auth_hmacsha256(key, (const unsigned char *)"Server Key", 10, salted);
    char text[3][sodium_base64_ENCODED_LEN(SHA, sodium_base64_VARIANT_ORIGINAL)];
    sodium_bin2base64(text[0], sizeof text[0], salt, sizeof salt, sodium_base64_VARIANT_ORIGINAL);
    sodium_bin2base64(text[1], sizeof text[1], stored, sizeof stored, sodium_base64_VARIANT_ORIGINAL);
    sodium_bin2base64(text[2], sizeof text[2], key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(salted, sizeof salted);
    buf_printf(b, "'SCRAM-SHA-256$%d:%s$%s:%s'", SCRAM_ROUNDS, text[0], text[1], text[2]);
}

void postgres_wall_roles(struct buf *b, const char *app_role, struct str password) {
    make_role(b, POSTGRES_PLATFORM, "NOLOGIN NOSUPERUSER NOBYPASSRLS");
    make_role(b, app_role, "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE");
    if (password.len) {
        buf_lit(b, "ALTER ROLE ");
        quote_name(b, app_role);
        buf_lit(b, " PASSWORD ");
        verifier(b, password);
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

#define OURS "c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace"
#define HAS_TENANT "EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')"

const char postgres_wall_role_faults[] =
    "SELECT 'The role ' || current_user || ' is a superuser, before whom no wall between companies stands. "
    "Serve with the role that tenon migrate makes, " POSTGRES_APP ".' FROM pg_roles WHERE rolname = current_user AND rolsuper"
    " UNION ALL SELECT 'The role ' || current_user || ' has BYPASSRLS, so no wall between companies stands before it. "
    "Serve with the role that tenon migrate makes, " POSTGRES_APP ".' FROM pg_roles WHERE rolname = current_user"
    " AND rolbypassrls AND NOT rolsuper"
    " UNION ALL SELECT 'The role ' || current_user || ' owns the tables and could take the wall between companies down. "
    "Serve with the role that tenon migrate makes, " POSTGRES_APP ".' WHERE EXISTS (SELECT FROM pg_class c WHERE " OURS
    " AND " HAS_TENANT " AND pg_has_role(c.relowner, 'MEMBER'))"
    " AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
    " UNION ALL SELECT 'The role ' || current_user || ' has not been given its rights. "
    "Run tenon migrate --app-role ' || current_user || ' as the owner of the database.' WHERE NOT EXISTS"
    " (SELECT FROM pg_roles p WHERE p.rolname = '" POSTGRES_PLATFORM "' AND pg_has_role(p.oid, 'MEMBER'))"
    " UNION ALL SELECT 'The role ' || current_user || ' always has the rights of " POSTGRES_PLATFORM
    ", so it sees all companies. Run ALTER ROLE ' || quote_ident(current_user) || ' NOINHERIT.'"
    " WHERE EXISTS (SELECT FROM pg_roles p, pg_roles me WHERE p.rolname = '" POSTGRES_PLATFORM "'"
    " AND me.rolname = current_user AND pg_has_role(p.oid, 'USAGE') AND NOT me.rolsuper)"
    " AND NOT EXISTS (SELECT FROM pg_class c WHERE " OURS " AND " HAS_TENANT
    " AND pg_has_role(c.relowner, 'MEMBER'))"
    " UNION ALL SELECT 'The table ' || min(c.relname) || ' has no wall between companies. "
    "Run tenon migrate as the owner of the database.' FROM pg_class c WHERE " OURS " AND " HAS_TENANT
    " AND NOT (c.relrowsecurity AND c.relforcerowsecurity) HAVING count(*) > 0";
