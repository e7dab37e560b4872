/* openapi_ways.c - bulk, import, export, invitations and children in the API's description. */
#include "http/openapi_ways.h"

#include <stdarg.h>

#include "core/merge.h"
#include "core/registry.h"
#include "http/api.h"
#include "http/router.h"

void openapi_say(struct buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct str text = str_vprintf(b->arena, format, args);
    va_end(args);
    size_t from = b->len;
    buf_add(b, text);
    for (size_t i = from; i < b->len; i++)
        if (b->ptr[i] == '\'') b->ptr[i] = '"';
}

#define PROBLEM "{'$ref':'#/components/responses/problem'}"
#define REFUSED "'400':" PROBLEM ",'401':" PROBLEM ",'403':" PROBLEM ",'404':" PROBLEM
#define REFUSED_WRITE REFUSED ",'409':" PROBLEM ",'413':" PROBLEM ",'415':" PROBLEM ",'422':" PROBLEM
#define PARAMETER(name) "{'$ref':'#/components/parameters/" name "'}"

/* The names of declarations may hold what `say` would turn. */
static void summary(struct buf *b, const char *before, const struct entity *entity, const char *after) {
    openapi_say(b, ",'summary':");
    buf_json(b, str_printf(b->arena, "%s %s%s", before, entity->decl->many, after));
}

static void operation(struct buf *b, const char *method, const char *id, const char *tag) {
    openapi_say(b, "'%s':{'operationId':'%s','tags':['%s']", method, id, tag);
}

/* ---- many at once ------------------------------------------------------------ */

static void bulk(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    openapi_say(b, ",'/%s/bulk':{", name);
    operation(b, "post", str_printf(b->arena, "%s_bulk", name).ptr, name);
    summary(b, "Change many of", entity, "");
    openapi_say(b,
                ",'description':'Sets fields, deletes or acts,"
                " each record by itself and all in one change-set. What could not be "
                "changed is told by its id.','parameters':[" PARAMETER("idempotency_key") "],'requestBody':{'required':true,"
                "'content':{'application/json':{'schema':{'$ref':'#/components/schemas/bulk'}}}},'responses':{'200':{"
                "'description':'What was done','content':{'application/json':{'schema':{'$ref':'#/components/schemas/bulk_result'"
                "}}}}," REFUSED_WRITE "}}}");
}

/* ---- two that are one ------------------------------------------------------------ */

static void merge(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    openapi_say(b, ",'/%s/duplicates':{", name);
    operation(b, "get", str_printf(b->arena, "%s_duplicates", name).ptr, name);
    summary(b, "Find duplicates among", entity, "");
    openapi_say(b,
                ",'description':'Groups of records that may be the same, newest first,"
                " each with the fields that are the same and "
                "similar_name where they are called alike.','parameters':[" PARAMETER("cursor") ",{'name':'limit','in':'query',"
                "'required':false,'description':'Groups of a page','schema':{'type':'integer','minimum':1,'maximum':20}}],"
                "'responses':{'200':{'description':'One page','content':{'application/json':{'schema':{'$ref':"
                "'#/components/schemas/%s_duplicates'}}}}," REFUSED "}}}",
                name);
    openapi_say(b, ",'/%s/{id}/merge':{'parameters':[" PARAMETER("id") "],", name);
    operation(b, "post", str_printf(b->arena, "%s_merge", name).ptr, name);
    summary(b, "Merge two of", entity, "");
    openapi_say(b,
                ",'description':'What hangs on the other moves here, the other goes to the bin,"
                " all in one change-set. A GET of the "
                "other is then answered with 307.','parameters':[" PARAMETER("if_match") "," PARAMETER("idempotency_key")
                "],'requestBody':{'required':true,"
                "'content':{'application/json':{'schema':{'$ref':'#/components/schemas/merge'}}}},"
                "'responses':{'200':{'description':'The record that is left','headers':{'ETag':{'$ref':"
                "'#/components/headers/ETag'}},'content':{'application/json':{'schema':{'$ref':'#/components/schemas/%s'}}}},"
                REFUSED_WRITE "}}}",
                name);
}

/* ---- files in and out ------------------------------------------------------------ */

static void import(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    openapi_say(b, ",'/%s/import':{", name);
    operation(b, "post", str_printf(b->arena, "%s_import", name).ptr, name);
    summary(b, "Import", entity, "");
    openapi_say(b,
                ",'description':'A CSV file, as the body or as the file of a form. Large ones run on: 202, and Location says "
                "where their progress stands.','parameters':[" PARAMETER("dry_run") "," PARAMETER("wait") "],'requestBody':{"
                "'required':true,'content':{'text/csv':{'schema':{'type':'string'}},'multipart/form-data':{'schema':{'type':"
                "'object','required':['file'],'properties':{'file':{'type':'string','contentMediaType':'text/csv'}}}}}},"
                "'responses':{'200':{'description':'What came of it','content':{'application/json':{'schema':{'$ref':"
                "'#/components/schemas/import_result'}}}},'202':{'description':'It runs on','content':{'application/json':{"
                "'schema':{'$ref':'#/components/schemas/import_waiting'}}}}," REFUSED_WRITE "}}}");
}

static void export(struct buf *b, const struct entity *entity) {
    const char *name = entity->decl->name;
    openapi_say(b, ",'/%s/export':{", name);
    operation(b, "get", str_printf(b->arena, "%s_export", name).ptr, name);
    summary(b, "Export", entity, "");
    openapi_say(b,
                ",'description':'All that the list finds with the same filters, sort and words, as a file.','parameters':["
                PARAMETER("format") "," PARAMETER("bom") "," PARAMETER("q") "," PARAMETER("sort") "," PARAMETER("fields") ","
                PARAMETER("trash") "],'responses':{'200':{'description':'The file','content':{'text/csv':{'schema':{'type':"
                "'string'}},'application/json':{'schema':{'type':'array','items':{'$ref':'#/components/schemas/%s'}}},"
                "'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':{'schema':{'type':'string',"
                "'contentEncoding':'binary'}}}}," REFUSED "}}}",
                name);
}

static void bad_rows(struct buf *b) {
    openapi_say(b, ",'/import_runs/{id}/errors':{'parameters':[" PARAMETER("id") "],");
    operation(b, "get", "import_runs_errors", "import_runs");
    openapi_say(b, ",'summary':'The bad rows of an import','description':'The rows that were left out,"
                   " each with what is wrong with "
                   "it; kept for a week.','responses':{'200':{'description':'The file','content':{'text/csv':{'schema':{'type':"
                   "'string'}}}}," REFUSED "}}}");
}

/* ---- invitations ------------------------------------------------------------ */

#define INVITED "'content':{'application/json':{'schema':{'$ref':'#/components/schemas/invitation_link'}}}"

static bool invites(const struct entity *entity) { return str_eqc(entity->name, "invitations"); }

void openapi_ways_list(struct buf *b, const struct entity *entity) {
    if (!invites(entity)) return;
    buf_char(b, ',');
    operation(b, "post", "invitations_create", "invitations");
    openapi_say(b, ",'summary':'Invite somebody','description':'Needs the right to create users and role_users. The answer holds "
                   "the link to hand over, this once: a repeated request with the same Idempotency-Key is answered without it.',"
                   "'parameters':[" PARAMETER("idempotency_key") "],'requestBody':{'required':true,'content':{'application/json':"
                   "{'schema':{'$ref':'#/components/schemas/invitation_input'},'example':{'email':'zoe@example.com','name':"
                   "'Zoe Park','role_id':746971008827392}}}},'responses':{'201':{'description':'The invitation with its link',"
                   "'headers':{'ETag':{'$ref':'#/components/headers/ETag'}}," INVITED "}," REFUSED_WRITE "}}");
}

static void invitation(struct buf *b, const char *verb, const char *summary, const char *description) {
    openapi_say(b, ",'/invitations/{id}/%s':{'parameters':[" PARAMETER("id") "],", verb);
    operation(b, "post", str_printf(b->arena, "invitations_%s", verb).ptr, "invitations");
    openapi_say(b,
                ",'summary':'%s','description':'%s','parameters':[" PARAMETER("idempotency_key")
                "],'responses':{'200':{'description':'The invitation'," INVITED "}," REFUSED_WRITE "}}}",
                summary, description);
}

void openapi_join(struct buf *b) {
    openapi_say(b, ",'/join':{");
    operation(b, "post", "join", "session");
    openapi_say(b, ",'summary':'Join by an invitation','description':'Makes the user that the invitation was for and signs them "
                   "in. The same 404 for a token that is unknown, used, revoked, renewed or past its time.','security':[],"
                   "'requestBody':{'required':true,'content':{'application/json':{'schema':{'type':'object','required':['token',"
                   "'name','password'],'properties':{'token':{'type':'string'},'name':{'type':'string','maxLength':255},"
                   "'password':{'type':'string','format':'password','minLength':8}}},'example':{'token':'tni_...','name':"
                   "'Zoe Park','password':'a sentence of my own'}}}},'responses':{'200':{'description':'The token','content':{"
                   "'application/json':{'schema':{'$ref':'#/components/schemas/token'}}}},'400':" PROBLEM ",'404':" PROBLEM
                   ",'422':" PROBLEM ",'429':" PROBLEM "}}}");
}

static void invitation_schemas(struct buf *b) {
    openapi_say(b, ",'invitation_input':{'type':'object','required':['email'],'additionalProperties':false,'properties':{'email':"
                   "{'type':'string','format':'email','description':'One open invitation for an address'},'name':{'type':["
                   "'string','null'],'maxLength':255},'role_id':{'type':['integer','null'],'description':'One of roles that may "
                   "not do more than who invites; read_only where not given'},'location_id':{'type':['integer','null'],"
                   "'description':'Their branch'}}}");
    openapi_say(b, ",'invitation_link':{'type':'object','description':'An invitation and, where it was made or renewed just now, "
                   "what lets its person join.','required':['id','email','token','link'],'additionalProperties':true,"
                   "'properties':{'id':{'type':'integer'},'email':{'type':'string'},'expires_at':{'type':'string','format':"
                   "'date-time'},'token':{'type':['string','null']},'link':{'type':['string','null'],'description':'The address "
                   "of the page that asks for name and password'}}}");
}

void openapi_ways(struct buf *b, const struct entity *entity) {
    if (invites(entity)) {
        invitation(b, "renew", "Renew an invitation", "A new link, good for seven days; the old one is worth nothing any more.");
        invitation(b, "revoke", "Revoke an invitation", "Its link is worth nothing any more.");
    }
    export(b, entity);
    if (str_eqc(entity->name, "import_runs")) bad_rows(b);
    if (entity_is(entity, ENTITY_READ_ONLY)) return;
    if (!entity_is(entity, ENTITY_UPLOAD)) import(b, entity);
    if (!entity_is(entity, ENTITY_APPEND_ONLY)) bulk(b, entity);
    if (merge_possible(entity)) merge(b, entity);
}

/* ---- children ------------------------------------------------------------ */

static void list_child(struct buf *b, const struct route *route) {
    const char *parent = route->parent->decl->name, *child = route->entity->decl->name;
    operation(b, "get", str_printf(b->arena, "%s_%s_list", parent, child).ptr, child);
    summary(b, "List", route->entity, " of the record");
    openapi_say(b,
                ",'description':'Those that belong to it, with the parameters and filters of the list /%s.','parameters':["
                PARAMETER("q") "," PARAMETER("sort") "," PARAMETER("limit") "," PARAMETER("cursor") "," PARAMETER("include") ","
                PARAMETER("fields") "," PARAMETER("count") "," PARAMETER("trash") "],"
                          "'responses':{'200':{'description':'One page',"
                "'content':{'application/json':{'schema':{'$ref':'#/components/schemas/%s_list'}}}}," REFUSED "}}",
                child, child);
}

static void create_child(struct buf *b, const struct route *route) {
    const char *parent = route->parent->decl->name, *child = route->entity->decl->name;
    const char *type = entity_is(route->entity, ENTITY_UPLOAD) ? "multipart/form-data" : "application/json";
    /* What is required includes the parent, which the address gives. */
    const char *input = entity_is(route->entity, ENTITY_UPLOAD | ENTITY_APPEND_ONLY) ? "input" : "change";
    operation(b, "post", str_printf(b->arena, "%s_%s_create", parent, child).ptr, child);
    summary(b, "Create one of", route->entity, " for the record");
    openapi_say(b,
                ",'description':'It belongs to the record that the address names.','parameters':[" PARAMETER("idempotency_key")
                "],'requestBody':{'required':true,'content':{'%s':{'schema':{'$ref':'#/components/schemas/%s_%s'}}}},"
                "'responses':{'201':{'description':'The record','headers':{'ETag':{'$ref':'#/components/headers/ETag'}},"
                "'content':{'application/json':{'schema':{'$ref':'#/components/schemas/%s'}}}}," REFUSED_WRITE "}}",
                type, child, input, child);
}

void openapi_children(struct buf *b) {
    api_routes();
    const struct router *router = router_main();
    int count = router_count(router);
    for (int i = 0; i < count; i++) {
        const struct route *list = router_at(router, i);
        if (!list->parent || strcmp(list->method, "GET") != 0) continue;
        openapi_say(b, ",'/%s/{id}/%s':{'parameters':[" PARAMETER("id") "],", list->parent->decl->name, list->entity->decl->name);
        list_child(b, list);
        for (int k = 0; k < count; k++) {
            const struct route *create = router_at(router, k);
            if (create->parent != list->parent || create->entity != list->entity || create == list) continue;
            buf_char(b, ',');
            create_child(b, create);
        }
        buf_char(b, '}');
    }
}

/* ---- schemas ------------------------------------------------------------ */

#define ID_OR_NULL "{'type':['integer','null']}"
#define COUNT "{'type':'integer','minimum':0}"

static void result_schemas(struct buf *b) {
    openapi_say(b, ",'bulk_result':{'type':'object','required':['change_set_id','done','failed'],'properties':{'change_set_id':"
                   ID_OR_NULL ",'done':" COUNT ",'failed':{'type':'array','items':{'type':'object','required':['id','errors'],"
                   "'properties':{'id':{'type':'integer'},'errors':{'type':'array','items':{'type':'object','required':['code',"
                   "'message'],'properties':{'code':{'type':'string'},'field':{'type':'string'},"
                   "'message':{'type':'string'}}}}}}}}}");
    openapi_say(b, ",'import_result':{'type':'object','required':['rows','new','changed','bad','change_set_id'],'properties':{"
                   "'entity':{'type':'string'},'dry_run':{'type':'boolean'},'status':{'type':'string','enum':['done','failed']},"
                   "'rows':" COUNT ",'new':" COUNT ",'changed':" COUNT ",'unchanged':" COUNT ",'duplicate':" COUNT ",'bad':" COUNT
                   ",'change_set_id':" ID_OR_NULL ",'run_id':" ID_OR_NULL ",'delimiter':{'type':'string'},'encoding':{'type':"
                   "'string'},'columns':{'type':'array','items':{'type':'object'}},'bad_rows':{'type':'array','items':{'type':"
                   "'object'}},'error_file':{'type':['string','null']}}}");
    openapi_say(b, ",'import_waiting':{'type':'object','properties':{'run_id':{'type':'integer'},'status':{'type':'string'},"
                   "'progress':{'type':'string'}}}");
}

static void merge_schemas(struct buf *b) {
    openapi_say(b, ",'merge':{'type':'object','required':['with'],'additionalProperties':false,'properties':{'with':{'type':"
                   "'integer','description':'The record that goes'},'version':{'type':'integer'},"
                   "'with_version':{'type':'integer',"
                   "'description':'Versions that were looked at: 409 where they are others by now'},"
                   "'take':{'type':'array','items':"
                   "{'type':'string'},"
                   "'description':'Fields whose value is that of the record that goes; where not given, what the "
                   "other lacks'}}}");
    for (int e = 0; e < registry_count(); e++)
        if (merge_possible(registry_at(e)))
            openapi_say(b,
                        ",'%s_duplicates':{'type':'object','required':['data','next'],"
                        "'properties':{'data':{'type':'array','items':{"
                        "'type':'object','required':['reasons','count','records'],"
                        "'properties':{'reasons':{'type':'array','items':{"
                        "'type':'string'}},'count':" COUNT ",'records':{'type':'array',"
                        "'items':{'$ref':'#/components/schemas/%s'}}}}}"
                        ",'next':{'type':['string','null']}}}",
                        registry_at(e)->decl->name, registry_at(e)->decl->name);
}

void openapi_ways_schemas(struct buf *b) {
    merge_schemas(b);
    invitation_schemas(b);
    openapi_say(b, ",'bulk':{'type':'object','description':'Either ids or filter, and one of set, delete and action.',"
                   "'additionalProperties':false,'properties':{'ids':{'type':'array','maxItems':10000,'items':{'type':'integer',"
                   "'minimum':1}},'filter':{'type':'object','description':'Field to value, to a list of values,"
                   " or to an object of "
                   "operators.'},'set':{'type':'object','description':'Fields to set.'},'delete':{'type':'boolean','const':true},"
                   "'action':{'type':'string'},'input':{'type':'object','description':'What the action takes.'}}}");
    result_schemas(b);
    openapi_say(b, ",'token':{'type':'object','required':['token','token_type','expires_at'],"
                   "'properties':{'token':{'type':['string','null'],"
                   "'description':'Null where the same Idempotency-Key asks again'},"
                   "'token_type':{'type':'string','const':'Bearer'},'expires_at':{'type':'string','format':'date-time'}}}");
    openapi_say(b, ",'hits':{'type':'object','required':['data'],'properties':{'data':{'type':'array','items':{'type':'object',"
                   "'required':['entity','id','title'],'properties':{'entity':{'type':'string'},'id':{'type':'integer'},'title':{"
                   "'type':'string'}}}}}}");
    openapi_say(b, ",'undo_result':{'type':'object','required':['undone','conflicts'],'properties':{'undone':" COUNT
                   ",'conflicts':" COUNT "}}");
    openapi_say(b, ",'me':{'type':'object','required':['user','tenant','roles','access'],'properties':{'user':{'type':'object',"
                   "'required':['id','name','email'],'properties':{'id':{'type':'integer'},'name':{'type':'string'},"
                   "'email':{'type':"
                   "'string'}}},'tenant':{'type':'object','properties':{'id':{'type':'integer'},'name':{'type':'string'},"
                   "'country':{'type':'string'},'currency':{'type':'string'},'language':{'type':'string'},"
                   "'fiscal_year':{'type':'object','description':'The one of today, called by the year in which it ends.',"
                   "'properties':{'number':{'type':'integer'},'from':{'type':'string','format':'date'},"
                   "'to':{'type':'string','format':'date'}}}}},"
                   "'roles':{'type':'array',"
                   "'items':{'type':'string'}},'access':{'type':'object','description':'What one may do to the records of each "
                   "entity, and how far it reaches.','additionalProperties':{'type':'object','additionalProperties':{'type':"
                   "'string','enum':['own','location','client','all']}}}}}");
}
