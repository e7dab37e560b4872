/* openapi.c - OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0) from the registry. */
#include "http/openapi.h"

#include "base/version.h"
#include "core/custom.h"
#include "core/kind.h"
#include "core/merge.h"
#include "core/registry.h"
#include "http/http.h"
#include "http/openapi_ways.h"

static bool shown(const struct field *f) { return !(f->flags & HIDDEN); }
static bool writable(const struct field *f) { return shown(f) && !(f->flags & READ_ONLY); }

static void nullable_schema(struct buf *b, const struct field *f) {
    if (field_never_null(f)) {
        buf_char(b, '{');
        kind_schema(b, f);
    } else {
        buf_lit(b, "{\"anyOf\":[{");
        kind_schema(b, f);
        buf_lit(b, "},{\"type\":\"null\"}]");
    }
    buf_lit(b, ",\"description\":");
    struct buf text = buf_new(b->arena, 128);
    buf_add(&text, f->label);
    if (f->decl->help) buf_printf(&text, ". %s", f->decl->help);
    buf_json(b, buf_str(&text));
    if (f->flags & READ_ONLY) buf_lit(b, ",\"readOnly\":true");
    if (f->flags & TRANSIENT) buf_lit(b, ",\"writeOnly\":true");
    buf_char(b, '}');
}

/* What the company that asks has added, by name; it may be left out of an input. */
static void custom_properties(struct buf *b, const struct entity *entity) {
    bool declared = entity->custom >= 0 && !(entity->fields[entity->custom].flags & IMPLICIT);
    if (!declared && !entity->custom_count) return;
    buf_lit(b, ",\"custom_fields\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (int i = entity->field_count - entity->custom_count; i < entity->field_count; i++) {
        if (i > entity->field_count - entity->custom_count) buf_char(b, ',');
        buf_json(b, custom_name(&entity->fields[i]));
        buf_char(b, ':');
        nullable_schema(b, &entity->fields[i]);
    }
    buf_lit(b, "}},{\"type\":\"null\"}],\"description\":\"Fields that the company added\"}");
}

static void properties(struct buf *b, const struct entity *entity, bool input) {
    bool first = true;
    buf_lit(b, "\"properties\":{");
    for (int i = 0; i < entity->field_count - entity->custom_count; i++) {
        const struct field *f = &entity->fields[i];
        if (input ? !writable(f) : !(shown(f) && f->stored)) continue;
        if (!first) buf_char(b, ',');
        first = false;
        buf_add(b, f->json_key);
        nullable_schema(b, f);
    }
    custom_properties(b, entity);
    buf_char(b, '}');
}

static void required_list(struct buf *b, const struct entity *entity) {
    bool first = true;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        /* What a rule or a default can fill in need not be sent; the server says so where it cannot. */
        if (!writable(f) || !field_never_null(f) || f->decl->initial || entity->decl->before_save) continue;
        buf_cstr(b, first ? ",\"required\":[" : ",");
        first = false;
        buf_json(b, f->name);
    }
    if (!first) buf_char(b, ']');
}

static void entity_schemas(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    buf_printf(b, ",\"%s\":{\"type\":\"object\",\"title\":", name);
    buf_json(b, str_of(entity->decl->one));
    buf_lit(b, ",\"description\":");
    buf_json(b, str_of(entity->decl->help ? entity->decl->help : entity->decl->one));
    buf_char(b, ',');
    properties(b, entity, false);
    buf_printf(b,
               "},\"%s_list\":{\"type\":\"object\",\"required\":[\"data\",\"next\"],\"properties\":{\"data\":{\"type\":\"array\","
               "\"items\":"
               "{\"$ref\":\"#/components/schemas/%s\"}},\"next\":{\"type\":[\"string\",\"null\"],\"description\":\"Cursor of the "
               "next page\"},"
               "\"total\":{\"type\":\"integer\",\"description\":\"With count=exact\"}}}",
               name, name);
    if (entity_is(entity, ENTITY_READ_ONLY)) return;
    buf_printf(b, ",\"%s_input\":{\"type\":\"object\",\"additionalProperties\":false,", name);
    properties(b, entity, true);
    if (entity_is(entity, ENTITY_UPLOAD)) {
        b->len--; /* into the properties */
        buf_lit(
            b,
            ",\"file\":{\"type\":\"string\",\"contentMediaType\":\"application/octet-stream\",\"description\":\"The content\"}},"
            "\"required\":[\"file\"]");
    } else
        required_list(b, entity);
    buf_char(b, '}');
    if (entity_is(entity, ENTITY_APPEND_ONLY)) return;
    buf_printf(b, ",\"%s_change\":{\"type\":\"object\",\"additionalProperties\":false,", name);
    properties(b, entity, true);
    buf_char(b, '}');
}

/* ---- paths ----------------------------------------------------------------------------------------------------------------- */

#define PROBLEMS                                                                                                                 \
    ",\"400\":{\"$ref\":\"#/components/responses/problem\"},\"401\":{\"$ref\":\"#/components/responses/problem\"},"              \
    "\"403\":{\"$ref\":\"#/components/responses/problem\"},\"404\":{\"$ref\":\"#/components/responses/problem\"}"
#define WRITE_PROBLEMS                                                                                                           \
    PROBLEMS ",\"409\":{\"$ref\":\"#/components/responses/problem\"},\"412\":{\"$ref\":\"#/components/responses/problem\"},"     \
             "\"413\":{\"$ref\":\"#/components/responses/problem\"},\"415\":{\"$ref\":\"#/components/responses/problem\"},"      \
             "\"422\":{\"$ref\":\"#/components/responses/problem\"}"

static void operation(struct buf *b, const struct entity *entity, const char *method, const char *verb, const char *summary) {
    buf_printf(b, "\"%s\":{\"operationId\":\"%s_%s\",\"tags\":[\"%s\"],\"summary\":", method, entity->decl->name, verb,
               entity->decl->name);
    buf_json(b, str_of(summary));
    buf_lit(b, ",\"description\":");
    buf_json(b, str_printf(b->arena, "%s. %s", summary, entity->decl->help ? entity->decl->help : ""));
}

static void answers(struct buf *b, const char *status, const char *what, const char *schema) {
    buf_printf(b,
               ",\"responses\":{\"%s\":{\"description\":\"%s\",\"headers\":{\"ETag\":{\"$ref\":\"#/components/headers/ETag\"}},"
               "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}}",
               status, what, schema);
}

static void body_of_type(struct buf *b, const char *type, const char *schema, bool required) {
    buf_printf(b, ",\"requestBody\":{\"required\":%s,\"content\":{\"%s\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}}",
               required ? "true" : "false", type, schema);
}

static void body(struct buf *b, const char *schema, bool required) { body_of_type(b, "application/json", schema, required); }

static void filter_parameters(struct buf *b, const struct entity *entity) {
    buf_lit(b, ",\"parameters\":[");
    static const char *const shared[] = {"q", "sort", "limit", "cursor", "include", "fields", "count", "trash"};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        buf_printf(b, "%s{\"$ref\":\"#/components/parameters/%s\"}", i ? "," : "", shared[i]);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!shown(f) || !f->stored || !f->kind->ops) continue;
        buf_printf(
            b, ",{\"name\":\"filter[%s]\",\"in\":\"query\",\"required\":false,\"schema\":{\"type\":\"string\"},\"description\":",
            f->decl->name);
        buf_json(b, str_printf(
                        b->arena,
                        "%s equals (several separated by commas); or with an operator, filter[%s][op], op: gt, gte, lt, lte, ne, "
                        "in, within (today, this_week, this_fiscal_year, last_30_days ...), contains, starts, has, null as the "
                        "kind allows",
                        f->decl->label, f->decl->name));
        buf_char(b, '}');
    }
    buf_char(b, ']');
}

static void collection_path(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    char schema[80];
    buf_printf(b, ",\"/%s\":{", name);
    operation(b, entity, "get", "list", str_printf(b->arena, "List %s", entity->decl->many).ptr);
    filter_parameters(b, entity);
    snprintf(schema, sizeof schema, "%s_list", name);
    answers(b, "200", "One page", schema);
    buf_lit(b, PROBLEMS "}}");
    if (!entity_is(entity, ENTITY_READ_ONLY)) {
        buf_char(b, ',');
        operation(b, entity, "post", "create", str_printf(b->arena, "Create one of %s", entity->decl->many).ptr);
        buf_lit(b, ",\"parameters\":[{\"$ref\":\"#/components/parameters/idempotency_key\"}]");
        snprintf(schema, sizeof schema, "%s_input", name);
        body_of_type(b, entity_is(entity, ENTITY_UPLOAD) ? "multipart/form-data" : "application/json", schema, true);
        answers(b, "201", "The record", name);
        buf_lit(b, WRITE_PROBLEMS "}}");
    }
    openapi_ways_list(b, entity);
    buf_char(b, '}');
}

static void record_path(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    char schema[80];
    buf_printf(b, ",\"/%s/{id}\":{\"parameters\":[{\"$ref\":\"#/components/parameters/id\"}],", name);
    operation(b, entity, "get", "get", str_printf(b->arena, "Get one of %s", entity->decl->many).ptr);
    buf_lit(b, ",\"parameters\":[{\"$ref\":\"#/components/parameters/include\"},{\"$ref\":\"#/components/parameters/fields\"},"
               "{\"$ref\":\"#/components/parameters/trash\"},{\"$ref\":\"#/components/parameters/if_none_match\"}]");
    answers(b, "200", "The record", name);
    if (merge_possible(entity)) buf_lit(b, ",\"307\":{\"description\":\"It was merged into the record that Location names\"}");
    buf_lit(b, PROBLEMS "}}");
    if (!entity_is(entity, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY)) {
        buf_char(b, ',');
        operation(b, entity, "patch", "update", str_printf(b->arena, "Change one of %s", entity->decl->many).ptr);
        buf_lit(b, ",\"parameters\":[{\"$ref\":\"#/components/parameters/if_match\"}]");
        snprintf(schema, sizeof schema, "%s_change", name);
        body(b, schema, true);
        answers(b, "200", "The record", name);
        buf_lit(b, WRITE_PROBLEMS "}},");
        operation(b, entity, "delete", "delete", str_printf(b->arena, "Delete one of %s", entity->decl->many).ptr);
        buf_lit(b, ",\"parameters\":[{\"$ref\":\"#/components/parameters/"
                   "if_match\"}],\"responses\":{\"204\":{\"description\":\"Deleted; "
                   "Change-Set-Id names what undo takes back\"}" WRITE_PROBLEMS "}}");
    }
    buf_char(b, '}');
}

static void content_path(struct buf *b, const struct entity *entity) {
    buf_printf(b, ",\"/%s/{id}/content\":{\"parameters\":[{\"$ref\":\"#/components/parameters/id\"}],", entity->decl->name);
    operation(b, entity, "get", "content", str_printf(b->arena, "Download one of %s", entity->decl->many).ptr);
    buf_lit(b, ",\"responses\":{\"200\":{\"description\":\"Its bytes, as an "
               "attachment\",\"content\":{\"application/octet-stream\":{}}}" PROBLEMS "}}}");
    buf_printf(b, ",\"/%s/{id}/thumbnail\":{\"parameters\":[{\"$ref\":\"#/components/parameters/id\"}],", entity->decl->name);
    operation(b, entity, "get", "thumbnail", "A small picture of a file");
    buf_lit(b, ",\"responses\":{\"200\":{\"description\":\"Of JPEG, PNG and WebP; 404 where there is "
               "none\",\"content\":{\"image/jpeg\":{}}}" PROBLEMS "}}}");
}

static void post_path(struct buf *b, const struct entity *entity, const char *verb, const char *summary, const char *input) {
    buf_printf(b, ",\"/%s/{id}/%s\":{\"parameters\":[{\"$ref\":\"#/components/parameters/id\"}],", entity->decl->name, verb);
    operation(b, entity, "post", verb, summary);
    buf_lit(b, ",\"parameters\":[{\"$ref\":\"#/components/parameters/if_match\"},"
               "{\"$ref\":\"#/components/parameters/idempotency_key\"}]");
    if (input) body(b, input, false);
    answers(b, "200", "The record", entity->decl->name);
    buf_lit(b, WRITE_PROBLEMS "}}}");
}

static void entity_paths(struct buf *b, const struct entity *entity) {
    collection_path(b, entity);
    record_path(b, entity);
    if (entity_is(entity, ENTITY_UPLOAD)) content_path(b, entity);
    openapi_ways(b, entity);
    if (entity_is(entity, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY)) return;
    char change[80];
    snprintf(change, sizeof change, "%s_change", entity->decl->name);
    if (entity->deleted_at >= 0)
        post_path(b, entity, "restore", str_printf(b->arena, "Restore one of %s", entity->decl->many).ptr, NULL);
    for (int i = 0; i < entity->decl->action_count; i++) {
        const struct action_decl *action = &entity->decl->actions[i];
        post_path(b, entity, action->name, str_printf(b->arena, "%s (%s)", action->label, entity->decl->one).ptr,
                  action->input ? change : NULL);
    }
}

/* ---- the fixed parts ------------------------------------------------------------------------------------------------------- */

static void head(struct buf *b) {
    buf_lit(
        b,
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Tenon\",\"version\":\"" TENON_VERSION
        "\",\"summary\":\"CRM and ERP for teams\","
        "\"description\":\"Every entity of Tenon as JSON. Money is a decimal string with its currency beside it, times are RFC "
        "3339 in UTC, dates "
        "are YYYY-MM-DD. Errors are problem documents (RFC 9457) with one entry a field.\",\"license\":{\"name\":\"Apache-2.0\","
        "\"identifier\":\"Apache-2.0\"},\"contact\":{\"name\":\"The operator of this server\"}},"
        "\"servers\":[{\"url\":\"/api/v1\"}],\"security\":[{\"bearer\":[]},{\"session\":[]}],\"tags\":[");
    bool first = true;
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (entity_is(entity, ENTITY_INTERNAL)) continue;
        if (!first) buf_char(b, ',');
        first = false;
        buf_printf(b, "{\"name\":\"%s\",\"description\":", entity->decl->name);
        buf_json(b, str_of(entity->decl->help ? entity->decl->help : entity->decl->many));
        buf_char(b, '}');
    }
    buf_lit(b, ",{\"name\":\"session\",\"description\":\"Who is asking\"},{\"name\":\"search\",\"description\":\"All records by "
               "their words\"}]");
}

static void session_path(struct buf *b, const char *path, const char *id, const char *what, const char *status,
                         const char *answer) {
    buf_printf(b,
               ",\"%s\":{\"post\":{\"operationId\":\"%s\",\"tags\":[\"session\"],\"summary\":\"%s\",\"description\":\"%s\","
               "\"responses\":{\"%s\":{\"description\":\"%s\"}" PROBLEMS "}}}",
               path, id, what, what, status, answer);
}

static void fixed_paths(struct buf *b) {
    buf_lit(b,
            "\"/me\":{\"get\":{\"operationId\":\"me\",\"tags\":[\"session\"],\"summary\":\"Who is asking\",\"description\":\"The "
            "signed-in user, company "
            "and roles.\",\"responses\":{\"200\":{\"description\":\"The "
            "user\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/me\"}}}},"
            "\"401\":{\"$ref\":\"#/components/responses/problem\"}}}},"
            "\"/auth/login\":{\"post\":{\"operationId\":\"login\",\"tags\":[\"session\"],\"summary\":\"Sign "
            "in\",\"description\":\"Exchanges e-mail and "
            "password for a bearer "
            "token.\",\"security\":[],\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"type\":"
            "\"object\",\"required\":[\"email\",\"password\"],\"properties\":{\"email\":{\"type\":\"string\",\"format\":"
            "\"email\"},\"password\":{\"type\":"
            "\"string\",\"format\":\"password\"}}}}}},\"responses\":{\"200\":{\"description\":\"The "
            "token\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/token\"}}}},"
            "\"401\":{\"$ref\":\"#/components/responses/problem\"},\"429\":{\"$ref\":\"#/components/responses/problem\"}}}},"
            "\"/search\":{\"get\":{\"operationId\":\"search\",\"tags\":[\"search\"],\"summary\":\"Search all "
            "records\",\"description\":\"Records that hold "
            "every word, newest "
            "first.\",\"parameters\":[{\"$ref\":\"#/components/parameters/q\"}],\"responses\":{\"200\":{\"description\":\"Hits\","
            "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/hits\"}}}}" PROBLEMS "}}},"
            "\"/change_sets/{id}/undo\":{\"parameters\":[{\"$ref\":\"#/components/parameters/"
            "id\"}],\"post\":{\"operationId\":\"undo\",\"tags\":"
            "[\"session\"],\"summary\":\"Undo a change\",\"description\":\"Takes back a delete, a bulk change or an "
            "import.\",\"responses\":{\"200\":"
            "{\"description\":\"What was "
            "undone\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/undo_result\"}}}}"
            WRITE_PROBLEMS "}}}");
    openapi_join(b);
    session_path(b, "/auth/refresh", "refresh", "A new token for the old one, which ends.", "200", "The token");
    session_path(b, "/auth/logout", "logout", "Ends the token or session that asks.", "204", "Signed out");
    buf_lit(b, ",\"/openapi.json\":{\"get\":{\"operationId\":\"openapi\",\"tags\":[\"session\"],\"summary\":\"This "
               "description\",\"description\":\"Needs no sign-in.\",\"security\":[],\"responses\":{\"200\":{\"description\":"
               "\"OpenAPI 3.1\",\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}}}}" PROBLEMS "}}}"
               ",\"/events\":{\"get\":{\"operationId\":\"events\",\"tags\":[\"session\"],\"summary\":\"What happens\","
               "\"description\":\"Server-sent events of changes to records that the one who asks may read. "
               "Last-Event-ID resumes.\","
               "\"parameters\":[{\"name\":\"after\",\"in\":\"query\",\"required\":false,"
               "\"schema\":{\"type\":\"integer\"},\"description\":\"Begin with what followed this event; for clients that "
               "cannot send the header.\"}],\"responses\":"
               "{\"200\":{\"description\":\"A stream that does not end\",\"content\":{\"text/event-stream\":{\"schema\":"
               "{\"type\":\"string\"}}}}" PROBLEMS "}}}");
}

static void query_parameter(struct buf *b, const char *name, const char *schema, const char *description) {
    buf_printf(b, "\"%s\":{\"name\":\"%s\",\"in\":\"query\",\"required\":false,\"schema\":%s,\"description\":\"%s\"},", name,
               name, schema, description);
}

static const struct entity *form_of(struct ctx *ctx, int e) { return ctx ? custom_entity(ctx, registry_at(e)) : registry_at(e); }

static void components(struct buf *b, struct ctx *ctx) {
    buf_lit(b, "\"components\":{\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"},\"session\":{\"type\":"
               "\"apiKey\",\"in\":"
               "\"cookie\",\"name\":\"tenon\"}},\"headers\":{\"ETag\":{\"description\":\"The record's version, for "
               "If-Match\",\"schema\":{\"type\":"
               "\"string\"}}},\"responses\":{\"problem\":{\"description\":\"What is wrong, with one entry a "
               "field\",\"content\":{\"application/problem+json\":"
               "{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}},\"parameters\":{");
    query_parameter(b, "q", "{\"type\":\"string\",\"maxLength\":200}", "Words that the records hold");
    query_parameter(b, "sort", "{\"type\":\"string\"}",
                    "Up to three fields separated by commas; - before a field for descending");
    query_parameter(b, "limit", "{\"type\":\"integer\",\"minimum\":1,\"maximum\":200,\"default\":50}", "Records a page");
    query_parameter(b, "cursor", "{\"type\":\"string\"}", "next of the page before");
    query_parameter(b, "include", "{\"type\":\"string\"}", "References to answer in full, separated by commas");
    query_parameter(b, "fields", "{\"type\":\"string\"}", "Only these fields, separated by commas");
    query_parameter(b, "count", "{\"type\":\"string\",\"enum\":[\"exact\"]}", "Also count all");
    query_parameter(b, "trash", "{\"type\":\"string\",\"enum\":[\"true\"]}", "Deleted records instead");
    query_parameter(b, "format", "{\"type\":\"string\",\"enum\":[\"csv\",\"xlsx\",\"json\"],\"default\":\"csv\"}",
                    "Kind of file");
    query_parameter(b, "bom", "{\"type\":\"boolean\"}", "CSV begins with a byte order mark, as some spreadsheets want");
    query_parameter(b, "dry_run", "{\"type\":\"boolean\"}", "Only tell what would come of it");
    query_parameter(b, "wait", "{\"type\":\"boolean\"}", "false: do not wait for the end");
    openapi_say(b, "'if_none_match':{'name':'If-None-Match','in':'header','required':false,'schema':{'type':'string'},"
                   "'description':'ETag of what is known: 304 where it still is so'},");
    buf_lit(b, "\"id\":{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"integer\",\"format\":\"int64\","
               "\"minimum\":1}},"
               "\"if_match\":{\"name\":\"If-Match\",\"in\":\"header\",\"required\":false,\"schema\":{\"type\":\"string\"},"
               "\"description\":\"ETag of the record "
               "as it was "
               "loaded\"},\"idempotency_key\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,\"schema\":{"
               "\"type\":\"string\","
               "\"maxLength\":255},\"description\":\"The same key gives the same answer "
               "once\"}},\"schemas\":{\"problem\":{\"type\":\"object\",\"properties\":"
               "{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{"
               "\"type\":\"string\"},\"instance\":{\"type\":\"string\"},\"errors\":"
               "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":[\"string\",\"null\"]},"
               "\"code\":{\"type\":\"string\"},"
               "\"message\":{\"type\":\"string\"}}}}}}");
    openapi_ways_schemas(b);
    for (int e = 0; e < registry_count(); e++)
        if (!entity_is(registry_at(e), ENTITY_INTERNAL)) entity_schemas(b, form_of(ctx, e));
    buf_lit(b, "}}");
}

void openapi_json(struct buf *b, struct ctx *ctx) {
    head(b);
    buf_lit(b, ",\"paths\":{");
    fixed_paths(b);
    for (int e = 0; e < registry_count(); e++)
        if (!entity_is(registry_at(e), ENTITY_INTERNAL)) entity_paths(b, form_of(ctx, e));
    openapi_children(b);
    buf_lit(b, "},");
    components(b, ctx);
    buf_lit(b, "}\n");
}

ROUTE("GET", "/openapi.json", openapi_get, RUN_READ | API | PUBLIC)
ROUTE("GET", "/api/v1/openapi.json", openapi_get, RUN_READ | API | PUBLIC)
void openapi_get(struct request *req, struct response *res) {
    openapi_json(&res->body, &req->ctx);
    respond_json(res, 200);
}
