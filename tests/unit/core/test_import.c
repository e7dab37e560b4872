/* test_import.c - imports: what files of every kind of trouble come to, how numbers and names are read, that it can be undone. */
#include "core/core_test.h"

#include "core/change_set.h"
#include "core/csv_guard.h"
#include "core/import.h"

static struct import_result result;
static struct ctx *who;

/* Imports `bytes`; false with the errors in who->errors. `options` are "name=value" lines. */
static bool load(int64_t user, const char *entity, struct str bytes, const char *options) {
    who = as(user);
    struct import_options o = {.entity = registry_get(entity), .file = tmpfile()};
    assert_non_null(o.file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, o.file), bytes.len);
    struct str rest = str_of(options), line;
    bool ok = true, known;
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t at = str_index(line, '=');
        ok = import_option(who, &o, str_slice(line, 0, (size_t)at), str_slice(line, (size_t)at + 1, line.len), &known) && ok;
        assert_true(known);
    }
    ok = ok && import_run(who, &o, &result);
    fclose(o.file);
    return ok;
}
static void assert_counts(int64_t made, int64_t changed, int64_t unchanged, int64_t duplicate, int64_t bad) {
    const struct import_counts *n = &result.counts;
    if (n->made == made && n->changed == changed && n->unchanged == unchanged && n->duplicate == duplicate && n->bad == bad)
        return;
    for (int i = 0; i < result.bad_row_count; i++) core_test_print(&result.bad_rows[i].errors);
    fail_msg("%lld new, %lld changed, %lld unchanged, %lld duplicate, %lld bad", (long long)n->made, (long long)n->changed,
             (long long)n->unchanged, (long long)n->duplicate, (long long)n->bad);
}

static struct row *newest(const char *entity) {
    struct query *q = query_new(as_system(ONE), registry_get(entity));
    struct rows rows;
    query_sort(q, "-id");
    assert_true(query_rows(q, &rows));
    assert_true(rows.count > 0);
    return rows.at[0];
}

/* ---- files -------------------------------------------------------------------------------------------------------------- */

/* "Title;Note" in UTF-16, with or without a byte order mark. */
static struct str utf16(struct str ascii, bool big, bool mark) {
    struct buf b = buf_new(arena, ascii.len * 2 + 2);
    if (mark) buf_add(&b, big ? STR("\xFE\xFF") : STR("\xFF\xFE"));
    for (size_t i = 0; i < ascii.len; i++) {
        if (big) buf_char(&b, 0);
        buf_char(&b, ascii.ptr[i]);
        if (!big) buf_char(&b, 0);
    }
    return buf_str(&b);
}

static void every_kind_of_file_gives_its_rows_or_a_reason(void **state) {
    (void)state;
    struct str plain = STR("Title;Description\nCall;now\nMail;later\n");
    const struct {
        const char *what;
        struct str bytes;
        int made, bad;
        const char *code;
    } files[] = {
        {"empty", STR(""), 0, 0, "empty_file"},
        {"only a byte order mark", STR("\xEF\xBB\xBF"), 0, 0, "empty_file"},
        {"empty lines", STR("\r\n\r\n\n"), 0, 0, "empty_file"},
        {"only a heading", STR("Title,Description\n"), 0, 0, NULL},
        {"no line end", STR("Title\nCall"), 1, 0, NULL},
        {"byte order mark", STR("\xEF\xBB\xBFTitle\nCall\n"), 1, 0, NULL},
        {"UTF-16LE", utf16(plain, false, true), 2, 0, NULL},
        {"UTF-16BE", utf16(plain, true, true), 2, 0, NULL},
        {"UTF-16LE without mark", utf16(plain, false, false), 2, 0, NULL},
        {"Latin-1",
         STR("Title\nGr\xFC\xDF"
             "e\n"),
         1, 0, NULL},
        {"semicolons", plain, 2, 0, NULL},
        {"tabs", STR("Title\tDescription\nCall\tnow\n"), 1, 0, NULL},
        {"mixed line ends", STR("Title,Description\r\nA,1\nB,2\rC,3\r\n"), 3, 0, NULL},
        {"trailing delimiters", STR("Title,Description,\nCall,now,\nMail,later,\n"), 2, 0, NULL},
        {"short rows", STR("Title,Description,Priority\nCall\nMail,later\n"), 2, 0, NULL},
        {"long rows", STR("Title,Description\nCall,Rua do Pa\xC3\xA7o, 67\nMail,later,\n"), 1, 1, NULL},
        {"the same heading twice", STR("Title,Title\nCall,Other\n"), 1, 0, NULL},
        {"no heading above a column", STR("Title,,\nCall,1,2\n"), 1, 0, NULL},
        {"quotes in headings", STR("\"Ti\"\"tle\",\"Title\"\nx,Call\n"), 1, 0, NULL},
        {"a quote never closed", STR("Title\nCall\n\"open\nMail\n"), 0, 0, "malformed_csv"},
        {"a NUL", STR("Title\nCa\0ll\n"), 0, 0, "malformed_csv"},
        {"unknown columns", STR("Foo,Bar\n1,2\n"), 0, 0, "no_columns"},
        {"a required cell is empty", STR("Title,Description\n,now\nMail,\n"), 1, 1, NULL},
        {"space for a title", STR("Title,Description\n   ,now\n"), 0, 1, NULL},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        print_message("%s\n", files[i].what);
        int before = count_of(ADMIN, "tasks");
        bool ok = load(ADMIN, "tasks", files[i].bytes, "duplicates=create");
        assert_int_equal(ok, files[i].code == NULL);
        if (files[i].code) assert_string_equal(who->errors.first->code, files[i].code);
        if (ok) assert_counts(files[i].made, 0, 0, 0, files[i].bad);
        assert_int_equal(count_of(ADMIN, "tasks") - before, files[i].made);
    }
}

static void five_hundred_columns_and_a_very_long_cell_are_no_trouble(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 1 << 20);
    for (int i = 0; i < 499; i++) buf_printf(&b, "Column %d,", i);
    buf_lit(&b, "Title\n");
    for (int i = 0; i < 499; i++) buf_printf(&b, "%d,", i);
    buf_lit(&b, "Call\n");
    for (int i = 0; i < 499; i++) buf_char(&b, ',');
    for (int i = 0; i < 400000; i++) buf_char(&b, 'x');
    buf_char(&b, '\n');
    assert_true(load(ADMIN, "tasks", buf_str(&b), ""));
    assert_counts(1, 0, 0, 0, 1);
    assert_int_equal(result.column_count, 500);
    assert_string_equal(result.bad_rows[0].errors.first->code, "too_long");
    assert_true(result.bad_rows[0].cells[499].len <= 1000);
}

/* ---- cells -------------------------------------------------------------------------------------------------------------- */

static void numbers_are_read_as_their_column_writes_them(void **state) {
    (void)state;
    const struct {
        const char *file, *options;
        int64_t cents; /* -1: a bad row */
    } cells[] = {
        {"Name;Hourly rate\nA;1.234,50\n", "", 123450},
        {"Name;Hourly rate\nA;1.234\n", "", 123400},
        {"Name,Hourly rate\nA,\"1,234\"\n", "", 123400},
        {"Name,Hourly rate\nA,\"1,234.50\"\n", "", 123450},
        {"Name,Hourly rate\nA,\"1.234,50\"\n", "", 123450},
        {"Name,Hourly rate\nA,1 234.50\n", "", 123450},
        {"Name,Hourly rate\nA,1'234.50\n", "", 123450},
        {"Name,Hourly rate\nA,\"12,5\"\n", "", 1250},
        {"Name,Hourly rate\nA,$12.50\n", "", 1250},
        {"Name,Hourly rate\nA,12.50 AUD\n", "", 1250},
        {"Name,Hourly rate,Currency\nA,\"\xE2\x82\xAC 1.234,50\",EUR\n", "", 123450},
        {"Name,Hourly rate\nA,\"\xE2\x82\xAC 5\"\n", "", -1},
        {"Name,Hourly rate\nA,\"1,234\"\n", "decimal=comma", -1}, /* three digits are more than a cent has */
        {"Name,Hourly rate\nA,\"1.234\"\n", "decimal=comma", 123400},
        {"Name,Hourly rate\nA,much\n", "", -1},
        {"Name,Hourly rate\nA,1.2.3\n", "", -1},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        const char *options = str_cstr(arena, str_printf(arena, "duplicates=create\n%s", cells[i].options));
        print_message("%s\n", cells[i].file);
        assert_true(load(ADMIN, "clients", str_of(cells[i].file), options));
        assert_counts(cells[i].cents >= 0, 0, 0, 0, cells[i].cents < 0);
        if (cells[i].cents >= 0) assert_int_equal(row_int(newest("clients"), "hourly_rate"), cells[i].cents);
    }
}

static void a_column_with_both_marks_asks_which_one_it_is(void **state) {
    (void)state;
    struct str file = STR("Name,Hourly rate\nA,\"1,5\"\nB,1.5\nC,1.234\n");
    assert_true(load(ADMIN, "clients", file, ""));
    assert_counts(2, 0, 0, 0, 1);
    assert_string_equal(result.bad_rows[0].errors.first->code, "ambiguous_number");
}

static void dates_that_read_both_ways_are_asked_about_and_nothing_is_saved(void **state) {
    (void)state;
    struct str both = STR("Name,Contract starts\nA,3/4/2026\nB,5/6/2026\n");
    assert_false(load(ADMIN, "clients", both, ""));
    assert_string_equal(who->errors.first->code, "ambiguous_dates");
    assert_text(who->errors.first->field, "date_format");
    assert_int_equal(count_of(ADMIN, "clients"), 0);
    assert_true(load(ADMIN, "clients", both, "date_format=month_first"));
    assert_int_equal(row_int(newest("clients"), "contract_start_date"), date_from_civil(2026, 5, 6));
    // One day beyond the twelfth tells for the whole column, however far down it stands.
    struct buf far = buf_new(arena, 1 << 16);
    buf_lit(&far, "Name,Contract starts\n");
    for (int i = 0; i < 2000; i++) buf_printf(&far, "C%d,3/4/2026\n", i);
    buf_lit(&far, "Last,31/12/2026\n");
    assert_true(load(ADMIN, "clients", buf_str(&far), "dry_run=true"));
    assert_counts(2001, 0, 0, 0, 0);
}

static void names_find_records_whatever_their_case_and_accents(void **state) {
    (void)state;
    int64_t zoe = MADE("clients", {"name", TEXT("Zo\xC3\xAB M\xC3\xBCller")}, {"email", TEXT("zoe@x.example")});
    MADE("clients", {"name", TEXT("Twin")});
    MADE("clients", {"name", TEXT("Twin")});
    struct str file = STR("Name,Client\nA,ZOE  MULLER\nB,zoe@x.example\nC,Nobody\nD,Twin\nE,\n");
    assert_true(load(ADMIN, "contacts", file, ""));
    assert_counts(3, 0, 0, 0, 2);
    assert_string_equal(result.bad_rows[0].errors.first->code, "not_found");
    assert_string_equal(result.bad_rows[1].errors.first->code, "several");
    struct query *q = query_new(as_system(ONE), registry_get("contacts"));
    query_where(q, "client_id", OP_EQ, value_int(zoe));
    assert_int_equal(query_count(q), 2);
}

static void labels_and_words_of_any_case_are_choices_and_yes_has_many_words(void **state) {
    (void)state;
    assert_true(load(ADMIN, "tasks", STR("Title,Status,Priority\nA,In Progress,HIGH\nB,IN-PROGRESS,low\nC,Perhaps,low\n"), ""));
    assert_counts(2, 0, 0, 0, 1);
    assert_true(load(ADMIN, "contacts", STR("Name,Billing\nA,Y\nB,ja\nC,x\nD,nein\nE,maybe\n"), ""));
    assert_counts(4, 0, 0, 0, 1);
}

static void the_mark_of_a_formula_comes_off_exactly(void **state) {
    (void)state;
    const char *texts[] = {"=1+1", "'=1", "''-x", "plain", "'plain", "@x", "\ttab", "-5", "", "'"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct str text = str_of(texts[i]);
        struct str written = csv_guard_needed(text) ? str_printf(arena, "'%s", texts[i]) : text;
        assert_true(str_eq(csv_unguard(written), text));
        assert_false(written.len && strchr("=+-@\t", written.ptr[0]));
    }
}

/* ---- records ------------------------------------------------------------------------------------------------------------ */

static void a_bad_row_in_the_middle_leaves_the_others_and_the_set_whole(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 1 << 16);
    buf_lit(&b, "Title,Due\n");
    for (int i = 0; i < 500; i++) buf_printf(&b, "Task %d,%s\n", i, i % 50 == 7 ? "never" : "2026-11-30");
    assert_true(load(ADMIN, "tasks", buf_str(&b), "duplicates=create"));
    assert_counts(490, 0, 0, 0, 10);
    assert_int_equal(result.bad_rows[1].line, 59);
    assert_int_equal(row_int(row_of(ONE, "change_sets", result.change_set_id), "record_count"), 490);
    struct undo_result undo;
    assert_true(change_set_undo(as(ADMIN), result.change_set_id, &undo));
    assert_int_equal(undo.undone, 490);
    assert_int_equal(count_of(ADMIN, "tasks"), 0);
}

static void a_dry_run_counts_what_the_import_then_does(void **state) {
    (void)state;
    MADE("clients", {"name", TEXT("Old")}, {"email", TEXT("old@x.example")}, {"industry", TEXT("Solar")});
    struct str file = STR("Name,Email,Industry\nOld,old@x.example,Solar\nOld,OLD@x.example,Wind\nNew,new@x.example,Solar\n"
                          "New,new@x.example,Solar\nNew,new@x.example,Wind\nBad,nowhere,\n");
    const char *modes[] = {"skip", "update", "create"};
    for (int i = 0; i < 3; i++) {
        struct str mode = str_printf(arena, "duplicates=%s\n", modes[i]);
        int before = count_of(ADMIN, "clients");
        assert_true(load(ADMIN, "clients", file, str_cstr(arena, str_printf(arena, "%.*sdry_run=true", STR_ARG(mode)))));
        struct import_counts told = result.counts;
        assert_int_equal(count_of(ADMIN, "clients"), before);
        assert_int_equal(result.change_set_id, 0);
        assert_true(load(ADMIN, "clients", file, str_cstr(arena, mode)));
        assert_memory_equal(&told, &result.counts, sizeof told);
        struct undo_result undo;
        if (result.change_set_id) assert_true(change_set_undo(as(ADMIN), result.change_set_id, &undo));
        assert_int_equal(count_of(ADMIN, "clients"), before);
    }
}

static void who_may_not_change_a_record_does_not_by_a_file(void **state) {
    (void)state;
    may("clients", "read", "all");
    may("clients", "create", "all");
    int64_t bens = MADE("clients", {"name", TEXT("Ben's")}, {"email", TEXT("b@x.example")}, {"assigned_to_id", INT(BEN)});
    struct str file = STR("Name,Email\nMine now,b@x.example\n");
    assert_false(load(ANN, "clients", file, "duplicates=update"));
    assert_int_equal(status_of(who), 403);
    may("clients", "update", "own");
    assert_true(load(ANN, "clients", file, "duplicates=update"));
    assert_counts(0, 0, 0, 0, 1);
    assert_text(row_text(row_of(ONE, "clients", bens), "name"), "Ben's");
    assert_false(load(ANN, "tasks", STR("Title\nA\n"), ""));
    assert_int_equal(status_of(who), 403);
}

static void records_of_another_tenant_are_neither_found_nor_matched(void **state) {
    (void)state;
    int64_t foreign = core_test_made(as_system(TWO), "clients", ARGS({"name", TEXT("Foreign")}, {"email", TEXT("f@x.example")}));
    assert_true(load(ADMIN, "clients", STR("Name,Email\nOurs,f@x.example\n"), "duplicates=update"));
    assert_counts(1, 0, 0, 0, 0);
    struct str file = str_printf(arena, "id,Name\n%lld,Taken\n", (long long)foreign);
    assert_true(load(ADMIN, "clients", file, "duplicates=update\nmatch=id"));
    assert_counts(0, 0, 0, 0, 1);
    assert_true(load(ADMIN, "contacts", STR("Name,Client\nA,Foreign\n"), ""));
    assert_counts(0, 0, 0, 0, 1);
    assert_text(row_text(row_of(TWO, "clients", foreign), "name"), "Foreign");
}

static void the_headings_of_known_programs_are_known(void **state) {
    (void)state;
    const struct {
        const char *entity, *heading, *fields; /* "-": none */
    } heads[] = {
        {"leads", "First Name,Last Name,Company,Lead Owner,Email,Mobile,Website,Lead Source,Lead Status,Created Time,LEADID",
         "first_name last_name company_name assigned_to_id email phone website lead_source_id lead_status_id created_at -"},
        {"contacts",
         "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Associated Company,Create Date",
         "- first_name last_name email phone mobile - company_name created_at"},
        {"leads", "Person - Name,Deal - Value,Person - Email,Organization,Owner,Expected close date",
         "name estimated_value email company_name assigned_to_id expected_close_on"},
        {"contacts", "firstname,lastname,company,email,mobile,address1,city,state,zipcode,country",
         "first_name last_name company_name email mobile address_line1 city region postal_code country"},
        {"clients", "Account Name,Account Owner,Phone,Website,Industry,Billing City,Annual Revenue",
         "company_name assigned_to_id phone website industry - -"},
        {"users", "USER_ID,First Name,Last Name,Email", "- name name email"},
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        print_message("%s\n", heads[i].heading);
        assert_true(load(ADMIN, heads[i].entity, str_printf(arena, "%s\n", heads[i].heading), "dry_run=true"));
        struct buf b = buf_new(arena, 4096);
        import_json(&b, &result);
        const struct json *columns = json_get(json_parse(arena, buf_str(&b), &who->errors), STR("columns"));
        struct str rest = str_of(heads[i].fields), word;
        for (size_t c = 0; str_word(&rest, &word); c++) {
            const struct json *field = json_get(json_at(columns, c), STR("field"));
            struct str found = json_type(field) == JSON_T_STRING ? json_text(field) : STR("-");
            if (!str_eq(found, word)) fail_msg("column %zu became %.*s, not %.*s", c + 1, STR_ARG(found), STR_ARG(word));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_file_gives_its_rows_or_a_reason),
        TEST(five_hundred_columns_and_a_very_long_cell_are_no_trouble),
        TEST(numbers_are_read_as_their_column_writes_them),
        TEST(a_column_with_both_marks_asks_which_one_it_is),
        TEST(dates_that_read_both_ways_are_asked_about_and_nothing_is_saved),
        TEST(names_find_records_whatever_their_case_and_accents),
        TEST(labels_and_words_of_any_case_are_choices_and_yes_has_many_words),
        TEST(the_mark_of_a_formula_comes_off_exactly),
        TEST(a_bad_row_in_the_middle_leaves_the_others_and_the_set_whole),
        TEST(a_dry_run_counts_what_the_import_then_does),
        TEST(who_may_not_change_a_record_does_not_by_a_file),
        TEST(records_of_another_tenant_are_neither_found_nor_matched),
        TEST(the_headings_of_known_programs_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
