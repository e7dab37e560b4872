/* test_registry.c - declarations that contradict themselves are refused with what is wrong; what is derived from good ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "core/kind.h"
#include "core/registry.h"

static struct arena *arena;
static int open_arena(void **state) {
    (void)state;
    arena = arena_new(16u << 20);
    return 0;
}
static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#define PLAIN(text) .one = text, .many = text, .pack = "core"
/* What every table below may refer to. */
static const struct entity_decl users = {
    .name = "users", PLAIN("User"), .title = "name", .fields = FIELDS({"name", "Name", F_TEXT(10)})};
static const struct entity_decl clients = {
    .name = "clients", PLAIN("Client"), .title = "name", .fields = FIELDS({"name", "Name", F_TEXT(10)})};

static bool take(const struct entity_decl *decl, struct errors *errors) {
    *errors = (struct errors){.arena = arena};
    const struct entity_decl *const all[] = {decl, &users, &clients};
    return registry_take(all, 3, errors);
}

static bool told(const struct errors *errors, const char *what) {
    for (const struct error *e = errors->first; e; e = e->next)
        if (strstr(str_cstr(arena, e->message), what)) return true;
    return false;
}

static bool nothing(struct ctx *ctx, struct change *change) {
    (void)ctx;
    (void)change;
    return true;
}

#define THING .name = "things", PLAIN("Thing")
#define NAME {"name", "Name", F_TEXT(10)}
#define STATUS {"status", "Status", F_CHOICE("open", "done")}

static const struct {
    const char *wrong;
    struct entity_decl decl;
} bad[] = {
    {"two fields 'name'", {THING, .fields = FIELDS(NAME, NAME)}},
    {"two entities 'users'", {.name = "users", PLAIN("User"), .fields = FIELDS(NAME)}},
    {"not a name: 'Things'", {.name = "Things", PLAIN("Thing"), .fields = FIELDS(NAME)}},
    {"not a name: 'full name'", {THING, .fields = FIELDS({"full name", "Name", F_TEXT(10)})}},
    {"no kind of 'name'", {THING, .fields = FIELDS({"name", "Name"})}},
    {"a reference to no entity: 'boats'", {THING, .fields = FIELDS({"boat_id", "Boat", F_REF("boats", CASCADE)})}},
    {"what a delete does is not said of 'client_id'",
     {THING, .fields = FIELDS({"client_id", "Client", .kind = &kind_ref, .to = "clients"})}},
    {"a delete cannot empty what is required: 'client_id'",
     {THING, .fields = FIELDS({"client_id", "Client", F_REF("clients", SET_NULL), .flags = REQUIRED})}},
    {"no subject id after 'subject_type'", {THING, .fields = FIELDS({"subject_type", "About", F_SUBJECT_TYPE("clients")}, NAME)}},
    {"a subject that is no entity: 'boats'",
     {THING, .fields = FIELDS({"subject_type", "About", F_SUBJECT_TYPE("boats")}, {"subject_id", "Record", F_SUBJECT_ID})}},
    {"no currency field for 'amount'", {THING, .fields = FIELDS({"amount", "Amount", F_MONEY})}},
    {"no choices of 'status'", {THING, .fields = FIELDS({"status", "Status", .kind = &kind_choice})}},
    {"not one hue for each choice of 'status'",
     {THING, .fields = FIELDS({"status", "Status", F_CHOICE("open", "done"), HUES("green")})}},
    {"no value to start with for 'status'",
     {THING, .fields = FIELDS({"status", "Status", F_CHOICE("open", "done"), .initial = "shut"})}},
    {"no value to start with for 'count'", {THING, .fields = FIELDS({"count", "Count", F_INT(0, 5), .initial = "6"})}},
    {"kept of no entity: 'boats'",
     {THING, .fields = FIELDS(NAME, {"boats", "Boats", F_INT(0, 9), .kept = {KEPT_COUNT, "boats", "thing_id"}})}},
    {"kept by what does not lead here: 'name'",
     {THING, .fields = FIELDS(NAME, {"users", "Users", F_INT(0, 9), .kept = {KEPT_COUNT, "users", "name"}})}},
    {"not to stand in a calendar: 'name'", {THING, .calendar = "name", .fields = FIELDS(NAME)}},
    {"apart by no record: 'name'",
     {THING, .apart = {.by = "name", .from = "day", .to = "day"}, .fields = FIELDS(NAME, {"day", "Day", F_DATE})}},
    {"a stamp that is neither a moment nor a user: 'name'",
     {THING, .board = "status", .fields = FIELDS(NAME, STATUS),
      .actions = ACTIONS({"close", "Close", .to = "done", .stamp = "name"})}},
    {"not a name for a field: 'version'", {THING, .fields = FIELDS({"version", "Version", F_TEXT(10)})}},
    {"no title field 'title'", {THING, .title = "title", .fields = FIELDS(NAME)}},
    {"not to be shown: 'name'", {THING, .title = "name", .fields = FIELDS({"name", "Name", F_TEXT(10), .flags = TRANSIENT})}},
    {"no list column 'nmae'", {THING, .list = "name nmae", .fields = FIELDS(NAME)}},
    {"not to be shown: 'name'", {THING, .list = "name", .fields = FIELDS({"name", "Name", F_TEXT(10), .flags = HIDDEN})}},
    {"no filter field 'nmae'", {THING, .filter = "nmae", .fields = FIELDS(NAME)}},
    {"no search field 'nmae'", {THING, .search = "nmae", .fields = FIELDS(NAME)}},
    {"no sort field 'nmae'", {THING, .sort = "-nmae", .fields = FIELDS(NAME)}},
    {"not to be sorted by: '-tags'", {THING, .sort = "-tags", .fields = FIELDS({"tags", "Tags", F_TAGS})}},
    {"no board field 'stage'", {THING, .board = "stage", .fields = FIELDS(NAME)}},
    {"no board by 'name'", {THING, .board = "name", .fields = FIELDS(NAME)}},
    {"no index field 'nmae'", {THING, .fields = FIELDS(NAME), .indexes = INDEXES(INDEX("nmae"))}},
    {"no owner field 'boss_id'", {THING, .owner = "boss_id", .fields = FIELDS(NAME)}},
    {"an owner that is no user: 'name'", {THING, .owner = "name", .fields = FIELDS(NAME)}},
    {"no client behind 'name'", {THING, .client = "name", .fields = FIELDS(NAME)}},
    {"no location behind 'name'", {THING, .location = "name", .fields = FIELDS(NAME)}},
    {"no parent behind 'name'", {THING, .parent = "name", .fields = FIELDS(NAME)}},
    {"only flags are exclusive, not 'name'", {THING, .exclusive = "name", .fields = FIELDS(NAME)}},
    {"exclusive within no record: 'name'",
     {THING, .exclusive = "main", .exclusive_in = "name", .fields = FIELDS(NAME, {"main", "Main", F_BOOL})}},
    {"no action input 'nmae'",
     {THING, .fields = FIELDS(NAME), .actions = ACTIONS({"go", "Go", .run = nothing, .input = "nmae"})}},
    {"an action cannot take 'name'",
     {THING, .fields = FIELDS({"name", "Name", F_TEXT(10), .flags = READ_ONLY}),
      .actions = ACTIONS({"go", "Go", .run = nothing, .input = "name"})}},
    {"not a name for an action: 'restore'",
     {THING, .fields = FIELDS(NAME), .actions = ACTIONS({"restore", "Restore", .run = nothing})}},
    {"two actions 'go'",
     {THING, .fields = FIELDS(NAME), .actions = ACTIONS({"go", "Go", .run = nothing}, {"go", "Go", .run = nothing})}},
    {"nothing happens by 'go'", {THING, .fields = FIELDS(NAME), .actions = ACTIONS({"go", "Go"})}},
    {"no state 'shut'",
     {THING, .state = "status", .fields = FIELDS(STATUS), .actions = ACTIONS({"go", "Go", .from = "open shut", .to = "done"})}},
    {"no state 'shut'", {THING, .state = "status", .fields = FIELDS(STATUS), .actions = ACTIONS({"go", "Go", .to = "shut"})}},
    {"no state 'done'", {THING, .fields = FIELDS(STATUS), .actions = ACTIONS({"go", "Go", .to = "done"})}},
};

static void a_declaration_that_contradicts_itself_is_refused_by_what_is_wrong(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct errors errors;
        bool good = take(&bad[i].decl, &errors);
        if (good || !told(&errors, bad[i].wrong)) {
            print_message("wanted %s, got\n", bad[i].wrong);
            for (const struct error *e = errors.first; e; e = e->next) print_message("  %.*s\n", STR_ARG(e->message));
        }
        assert_false(good);
        assert_true(told(&errors, bad[i].wrong));
    }
}

static void all_faults_are_told_at_once(void **state) {
    (void)state;
    const struct entity_decl decl = {THING, .list = "a b", .sort = "c", .fields = FIELDS(NAME)};
    struct errors errors;
    assert_false(take(&decl, &errors));
    assert_int_equal(errors.count, 3);
}

static void too_many_fields_are_refused(void **state) {
    (void)state;
    static struct field_decl many[ENTITY_MAX_DECLARED + 1];
    static char names[ENTITY_MAX_DECLARED + 1][16];
    for (int i = 0; i <= ENTITY_MAX_DECLARED; i++) {
        snprintf(names[i], sizeof *names, "f%d", i);
        many[i] = (struct field_decl){.name = names[i], .label = "Field", F_BOOL};
    }
    struct entity_decl decl = {THING, .fields = many, .field_count = ENTITY_MAX_DECLARED};
    struct errors errors;
    assert_true(take(&decl, &errors));
    const struct entity *things = registry_get("things");
    assert_true(things->custom >= 0);
    assert_true(things->field_count > ENTITY_MAX_DECLARED && things->field_count + ENTITY_MAX_CUSTOM <= ENTITY_MAX_FIELDS);
    decl.field_count++;
    assert_false(take(&decl, &errors));
    assert_true(told(&errors, "too many fields"));
}

static void a_good_one_has_what_it_did_not_say(void **state) {
    (void)state;
    const struct entity_decl decl = {THING,
                                     .title = "name",
                                     .board = "status",
                                     .owner = "boss_id",
                                     .search = "name",
                                     .fields = FIELDS(NAME, STATUS, {"boss_id", "Boss", F_REF("users", SET_NULL)},
                                                      {"client_id", "Client", F_REF("clients", CASCADE)},
                                                      {"hint", "Hint", F_TEXT(10), .flags = TRANSIENT},
                                                      {"total", "Total", F_INT(0, 9), .flags = COMPUTED}),
                                     .actions = ACTIONS({"finish", "Finish", .from = "open", .to = "done"})};
    struct errors errors;
    assert_true(take(&decl, &errors));
    const struct entity *things = registry_get("things");
    static const char *const names[] = {"id",         "tenant_id",     "name",    "status",     "boss_id",
                                        "client_id",  "hint",          "total",   "created_at", "created_by_id",
                                        "updated_at", "updated_by_id", "version", "deleted_at", "custom_fields"};
    assert_int_equal(things->field_count, sizeof names / sizeof *names);
    for (int i = 0; i < things->field_count; i++) {
        assert_string_equal(things->fields[i].decl->name, names[i]);
        assert_int_equal(things->fields[i].index, i);
        assert_ptr_equal(entity_field(things, str_of(names[i])), &things->fields[i]);
    }
    assert_ptr_equal(things->state, entity_field(things, STR("status")));
    assert_ptr_equal(things->client, entity_field(things, STR("client_id")));
    assert_null(things->location);
    assert_false(entity_field(things, STR("hint"))->stored);
    assert_true(entity_field(things, STR("total"))->flags & READ_ONLY);
    assert_true(field_set_has(&things->searched, entity_field(things, STR("name"))->index));
    assert_ptr_equal(registry_referrer(registry_get("clients"), 0), entity_field(things, STR("client_id")));
    assert_null(registry_referrer(registry_get("clients"), 1));
    assert_null(registry_referrer(things, 0));
    assert_ptr_equal(entity_action(things, STR("finish")), &decl.actions[0]);
    assert_null(entity_action(things, STR("start")));
    assert_null(entity_field(things, STR("nam")));
    assert_null(registry_find(STR("thing")));
    assert_string_equal(str_cstr(arena, things->columns),
                        "id,tenant_id,name,status,boss_id,client_id,total,created_at,created_by_id,updated_at,"
                        "updated_by_id,version,deleted_at,custom_fields");
}

static void flags_decide_what_an_entity_has_by_itself(void **state) {
    (void)state;
    const struct entity_decl append = {THING, .flags = ENTITY_APPEND_ONLY, .fields = FIELDS(NAME)},
                                    global = {THING, .flags = ENTITY_GLOBAL, .fields = FIELDS(NAME)},
                                    gone = {THING, .flags = ENTITY_OWN_DELETE, .fields = FIELDS(NAME)};
    struct errors errors;
    assert_true(take(&append, &errors));
    const struct entity *things = registry_get("things");
    assert_true(things->version < 0 && things->deleted_at < 0 && things->updated_at < 0);
    assert_true(things->created_at >= 0 && things->created_by_id >= 0);
    assert_true(take(&global, &errors));
    things = registry_get("things");
    assert_true(things->tenant_id < 0 && things->created_by_id < 0 && things->version >= 0);
    assert_true(take(&gone, &errors));
    things = registry_get("things");
    assert_true(things->deleted_at < 0 && things->version >= 0);
}

static void the_program_s_own_declarations_are_sound(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    bool good = registry_take(registry_decls, registry_decl_count, &errors);
    for (const struct error *e = errors.first; e; e = e->next) print_message("%.*s\n", STR_ARG(e->message));
    assert_true(good);
    assert_int_equal(registry_count(), registry_decl_count);
    for (int i = 1; i < registry_count(); i++) assert_true(str_cmp(registry_at(i - 1)->name, registry_at(i)->name) < 0);
    for (int i = 0; i < registry_count(); i++) assert_ptr_equal(registry_find(registry_at(i)->name), registry_at(i));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_declaration_that_contradicts_itself_is_refused_by_what_is_wrong, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(all_faults_are_told_at_once, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(too_many_fields_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_good_one_has_what_it_did_not_say, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(flags_decide_what_an_entity_has_by_itself, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_program_s_own_declarations_are_sound, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
