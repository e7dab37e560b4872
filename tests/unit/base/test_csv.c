/* test_csv.c - CSV as people send it. */
#include "base_test.h"

#include "base/csv.h"
#include "base/json.h"

static struct errors errors;

/* All records as "a|b\n", with '\n' in fields as "^". */
static struct str shown(struct csv_source source, struct csv_options options) {
    errors = (struct errors){.arena = arena};
    struct buf b = buf_new(arena, 0);
    struct csv_reader *csv = csv_open(arena, source, options, &errors);
    struct csv_record record;
    while (csv && csv_next(csv, &record)) {
        for (size_t i = 0; i < record.count; i++) {
            if (i) buf_char(&b, '|');
            for (size_t k = 0; k < record.fields[i].len; k++) {
                char c = record.fields[i].ptr[k];
                buf_char(&b, c == '\n' ? '^' : c);
            }
        }
        buf_char(&b, '\n');
    }
    if (csv) assert_int_equal(csv_failed(csv), errors.count > 0);
    if (csv && errors.count) assert_false(csv_next(csv, &record));
    return buf_str(&b);
}

static struct str read_all(struct str text) {
    struct str out = shown(csv_from_memory(arena, text), (struct csv_options){0});
    if (errors.count) fail_msg("%.*s", STR_ARG(errors.first->message));
    return out;
}

static struct str refusal(struct str text) {
    shown(csv_from_memory(arena, text), (struct csv_options){0});
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.first->status, 422);
    return errors.first->message;
}

static void records_are_read_as_rfc_4180_says(void **state) {
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"", ""},
        {"a,b\n1,2\n", "a|b\n1|2\n"},
        {"a,b\n1,2", "a|b\n1|2\n"},
        {"a,b\r\n1,2\r\n", "a|b\n1|2\n"},
        {"a,b\r1,2\r", "a|b\n1|2\n"},
        {"a,\n,b\n", "a|\n|b\n"},
        {"a,", "a|\n"},
        {",", "|\n"},
        {"\"a,b\",\"say \"\"hi\"\"\"\n", "a,b|say \"hi\"\n"},
        {"\"\",\"\"\"\",\"\"\"\"\"\"", "|\"|\"\"\n"},
        {"\"one\ntwo\",3\n", "one^two|3\n"},
        {"\"one\r\ntwo\",3\n", "one\r^two|3\n"},
        {"\"a\"\"\",b", "a\"|b\n"},
        {"\"a\"b,c", "ab|c\n"}, // text after a closing quote stays as it is
        {"\"a\" ,\"b\"c\"d\",e", "a |bc\"d\"|e\n"},
        {"a\"b\",c", "a\"b\"|c\n"}, // a quote inside is text
        {" \"a\",b", " \"a\"|b\n"},
        {"\n\r\n\na,b\n\n\r\n1,2\n\n", "a|b\n1|2\n"},
        {"\"\"\n\"\"\n", "\n\n"}, // a quoted nothing is not an empty line
        {"a,b,c\n1\n1,2,3,4\n", "a|b|c\n1\n1|2|3|4\n"},
        {"\xEF\xBB\xBFname,x\n", "name|x\n"},
        {"one column\nof text\n", "one column\nof text\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str out = read_all(str_of(cases[i].text));
        if (!str_eqc(out, cases[i].shown)) fail_msg("case %zu: %.*s", i, STR_ARG(out));
    }
}

static void each_record_tells_its_line(void **state) {
    (void)state;
    errors = (struct errors){.arena = arena};
    struct str text = STR("\na,b\r\n\"x\ny\r\nz\rw\",2\r\r1,2\n");
    struct csv_reader *csv = csv_open(arena, csv_from_memory(arena, text), (struct csv_options){0}, &errors);
    static const size_t lines[] = {2, 3, 8};
    struct csv_record record;
    for (int i = 0; i < 3; i++) {
        assert_true(csv_next(csv, &record));
        assert_int_equal(record.line, lines[i]);
        assert_int_equal(record.count, 2);
    }
    assert_false(csv_next(csv, &record));
    assert_false(csv_next(csv, &record));
    assert_false(csv_failed(csv));
    assert_int_equal(csv_position(csv), text.len);
}

static void the_delimiter_is_found_out(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
    } cases[] = {
        {"a,b,c\n1,2,3\n", ','},
        {"a;b;c\n1,5;2,5;3,5\n", ';'},
        {"Datum;Betrag, netto;Text\n1;2,5;x\n", ';'},
        {"a\tb\n1,2,3\t4\n", '\t'},
        {"a|b|c\nx, y|z|w\n", '|'},
        {"name,notes\nX,a;b\nY,c;d;e\n", ','},
        {"name;notes\nX;\"a,b,c\"\nY;\"d,e,f\"\n", ';'},
        {"\"a,b\";\"c,d\"\n\"e,f\";\"g,h\"\n", ';'},
        {"\"x\ny;z\",b\n1,2\n", ','},
        {"a;b", ';'},
        {"only\none\ncolumn\n", ','},
        {"Report 2026\na;b;c\n1;2;3\n4;5;6\n", ';'},
        {"sep=;\na,b,c;d\n", ';'},
        {"", ','},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errors = (struct errors){.arena = arena};
        struct csv_reader *csv = csv_open(arena, csv_from_memory(arena, str_of(cases[i].text)), (struct csv_options){0}, &errors);
        if (csv_delimiter(csv) != cases[i].delimiter) fail_msg("case %zu: '%c'", i, csv_delimiter(csv));
    }
    assert_text(read_all(STR("sep=;\r\na;b,c\r\n")), "a|b,c\n");
    assert_text(shown(csv_from_memory(arena, STR("a;b,c\n")), (struct csv_options){.delimiter = ','}), "a;b|c\n");
}

static struct str as_utf16(struct str ascii, bool big, const char *mark) {
    struct buf b = buf_new(arena, 0);
    buf_add(&b, (struct str){mark, mark[0] ? 2 : 0});
    for (size_t i = 0; i < ascii.len; i++) {
        if (big) buf_char(&b, 0);
        buf_char(&b, ascii.ptr[i]);
        if (!big) buf_char(&b, 0);
    }
    return buf_str(&b);
}

static void every_encoding_comes_out_as_utf8(void **state) {
    (void)state;
    assert_text(read_all(STR("caf\xC3\xA9,\xE2\x82\xAC\n")), "caf\xC3\xA9|\xE2\x82\xAC\n");
    assert_text(read_all(STR("caf\xE9,\x80 5\n\x93quoted\x94,\xDF\n")),
                "caf\xC3\xA9|\xE2\x82\xAC 5\n\xE2\x80\x9Cquoted\xE2\x80\x9D|\xC3\x9F\n");
    assert_text(read_all(STR("x,caf\xE9")), "x|caf\xC3\xA9\n"); // where the last byte might begin a character
    assert_text(read_all(as_utf16(STR("a;b\r\n1;2\r\n"), false, "")), "a|b\n1|2\n");
    assert_text(read_all(as_utf16(STR("a;b\r\n1;2\r\n"), true, "")), "a|b\n1|2\n");
    assert_text(read_all(as_utf16(STR("a;b"), false, "\xFF\xFE")), "a|b\n");
    assert_text(read_all(as_utf16(STR("a;b"), true, "\xFE\xFF")), "a|b\n");
    assert_text(read_all(STR("\xFF\xFE\x3D\xD8\x00\xDE,\0\xAC\x20\n\0")), "\xF0\x9F\x98\x80|\xE2\x82\xAC\n");
    assert_text(shown(csv_from_memory(arena, STR("\xC3\xA9")), (struct csv_options){.encoding = CSV_WINDOWS_1252}),
                "\xC3\x83\xC2\xA9\n");
}

/* The first letter beyond ASCII may stand far behind the first chunk. */
static void an_encoding_is_found_out_late(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 0);
    for (int i = 0; i < 40000; i++) buf_lit(&b, "plain,ascii,text\n");
    struct buf latin = buf_new(arena, 0), utf8 = buf_new(arena, 0);
    buf_add(&latin, buf_str(&b));
    buf_lit(&latin, "Ren\xE9,a,b\n");
    buf_add(&utf8, buf_str(&b));
    buf_lit(&utf8, "Ren\xC3\xA9,a,b\n");
    assert_true(str_ends(read_all(buf_str(&latin)), STR("Ren\xC3\xA9|a|b\n")));
    assert_true(str_ends(read_all(buf_str(&utf8)), STR("Ren\xC3\xA9|a|b\n")));
    buf_lit(&utf8, "Ren\xE9,a,b\n"); // in the same chunk: the file is not UTF-8
    assert_true(str_ends(read_all(buf_str(&utf8)), STR("Ren\xC3\x83\xC2\xA9|a|b\nRen\xC3\xA9|a|b\n")));
}

static void bytes_that_break_an_encoding_are_an_error_with_their_line(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 0);
    buf_lit(&b, "Ren\xC3\xA9,a\n");
    for (int i = 0; i < 40000; i++) buf_lit(&b, "plain,ascii\n");
    buf_lit(&b, "\"x\ny\",Ren\xE9\n");
    struct str message = refusal(buf_str(&b));
    assert_true(str_starts(message, STR("Line 40003: ")));
    assert_true(str_starts(refusal(STR("\xEF\xBB\xBF"
                                       "a,b\nRen\xE9,x\n")),
                           STR("Line 2: ")));
    assert_true(str_starts(refusal(STR("\xFF\xFE"
                                       "a\0\n\0\x00\xDC")),
                           STR("Line 2: ")));
    assert_true(str_starts(refusal(STR("\xFF\xFE"
                                       "a\0\n\0\x3D\xD8")),
                           STR("Line 2: ")));
    assert_true(str_starts(refusal(STR("\xFF\xFE"
                                       "a\0\n\0b")),
                           STR("Line 2: ")));
}

static void what_cannot_be_trusted_is_an_error_with_its_line(void **state) {
    (void)state;
    assert_text(refusal(STR("a,b\n1,\"x\ny\n")),
                "Line 2: A quote is opened here and never closed. Close it, or double a quote that is text.");
    assert_text(refusal(STR("a,b\n\"x\ny\",\"z\n\"\"")),
                "Line 3: A quote is opened here and never closed. Close it, or double a quote that is text.");
    assert_true(str_starts(refusal(STR("a,b\n1,2\n1,\0"
                                       "2\n")),
                           STR("Line 3: There is a NUL byte here.")));
    assert_true(str_starts(refusal(STR("a,b\n\"1\n\0\",2\n")), STR("Line 3: There is a NUL byte here.")));
    struct buf b = buf_new(arena, 0);
    buf_lit(&b, "a,b\n");
    for (int i = 0; i < 20000; i++) buf_char(&b, ',');
    assert_true(str_starts(refusal(buf_str(&b)), STR("Line 2: This record has more than 16,384 fields.")));
}

static struct str long_record(size_t size, const char *open, const char *close) {
    struct buf b = buf_new(arena, size + 64);
    buf_lit(&b, "a,b\n");
    buf_cstr(&b, open);
    for (size_t i = 0; i < size; i++) buf_char(&b, i % 100 == 99 && open[0] ? '\n' : 'x');
    buf_cstr(&b, close);
    return buf_str(&b);
}

static void a_record_may_have_a_megabyte_and_no_more(void **state) {
    (void)state;
    assert_int_equal(read_all(long_record(1048000, "", "\n")).len, 1048000 + 5);
    assert_int_equal(read_all(long_record(1048000, "\"", "\"\n")).len, 1048000 + 5);
    assert_true(str_starts(refusal(long_record(1048600, "", "\n")), STR("Line 2: The record that starts here is over 1 MB.")));
    assert_true(str_starts(refusal(long_record(9000000, "", "\n")), STR("Line 2: The record that starts here is over 1 MB.")));
    assert_true(
        str_starts(refusal(long_record(9000000, "\"", "\n")), STR("Line 2: A quote is opened here and not closed within 1 MB.")));
}

static ptrdiff_t read_one(void *arg, char *into, size_t room) {
    struct str *rest = arg;
    (void)room;
    if (rest->len == 0) return 0;
    *into = rest->ptr[0];
    *rest = str_slice(*rest, 1, rest->len);
    return 1;
}

static ptrdiff_t read_and_fail(void *arg, char *into, size_t room) {
    ptrdiff_t n = read_one(arg, into, room);
    return n ? n : -1;
}

static void a_source_may_give_little_or_fail(void **state) {
    (void)state;
    struct str text = STR("a,\"b\"\"c\r\nd\"\r\n1,\xC3\xA9\n");
    struct str rest = text;
    assert_text(shown((struct csv_source){read_one, &rest}, (struct csv_options){0}), "a|b\"c\r^d\n1|\xC3\xA9\n");
    rest = text;
    shown((struct csv_source){read_and_fail, &rest}, (struct csv_options){0});
    assert_int_equal(errors_status(&errors), 500);
}

/* Records of every length cross the borders of chunks at every place. */
static void records_cross_the_borders_of_chunks_unharmed(void **state) {
    (void)state;
    for (size_t shift = 0; shift < 24; shift++) {
        struct buf file = buf_new(arena, 1 << 20), expected = buf_new(arena, 1 << 20);
        for (size_t i = 0; i < shift; i++) buf_char(&file, '\n');
        for (int i = 0; i < 20000; i++) {
            buf_printf(&file, "%d,\"a \"\"\r\n%d\",\xE2\x82\xAC\r\n", i, i * 7);
            buf_printf(&expected, "%d|a \"\r^%d|\xE2\x82\xAC\n", i, i * 7);
        }
        assert_true(str_eq(read_all(buf_str(&file)), buf_str(&expected)));
        arena_reset(arena);
    }
}

static void memory_does_not_grow_with_the_file(void **state) {
    (void)state;
    FILE *file = tmpfile();
    assert_non_null(file);
    for (int i = 0; i < 400000; i++) fprintf(file, "%d,\"a quoted \"\"text\"\"\",more,and more\n", i);
    rewind(file);
    struct arena *small = arena_new((size_t)2 << 20);
    errors = (struct errors){.arena = small};
    struct csv_reader *csv = csv_open(small, csv_from_file(file), (struct csv_options){0}, &errors);
    struct csv_record record;
    int n = 0;
    while (csv_next(csv, &record)) n++;
    assert_int_equal(n, 400000);
    assert_false(csv_failed(csv));
    assert_true(csv_position(csv) > 16000000);
    arena_free(small);
    fclose(file);
}

/* Copies of these files often lose their CRs on the way; the truth beside them has not. */
static struct str with_crlf(struct str text) {
    if (str_index(text, '\r') >= 0) return text;
    struct buf b = buf_new(arena, text.len * 2);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') buf_char(&b, '\r');
        buf_char(&b, text.ptr[i]);
    }
    return buf_str(&b);
}

/* The file's records against an array of objects with the header's names. */
static void check_spectrum(const char *name) {
    struct str text = test_data(str_printf(arena, "torture/csv-spectrum/csvs/%s.csv", name).ptr);
    struct str truth = test_data(str_printf(arena, "torture/csv-spectrum/json/%s.json", name).ptr);
    if (str_ends(str_of(name), STR("_crlf"))) text = with_crlf(text);
    errors = (struct errors){.arena = arena};
    struct json *expected = json_parse(arena, truth, &errors);
    struct csv_reader *csv = csv_open(arena, csv_from_memory(arena, text), (struct csv_options){0}, &errors);
    struct csv_record record;
    assert_true(csv_next(csv, &record));
    size_t columns = record.count, rows = 0;
    struct str *names = arena_array(arena, struct str, columns);
    for (size_t i = 0; i < columns; i++) names[i] = str_dup(arena, record.fields[i]);
    while (csv_next(csv, &record)) {
        const struct json *row = json_at(expected, rows++);
        assert_int_equal(record.count, json_count(row));
        for (size_t i = 0; i < columns; i++) {
            struct str wanted = json_text(json_get(row, names[i]));
            if (!str_eq(record.fields[i], wanted))
                fail_msg("%s: %.*s is not %.*s", name, STR_ARG(record.fields[i]), STR_ARG(wanted));
        }
    }
    assert_int_equal(errors.count, 0);
    assert_int_equal(rows, json_count(expected));
}

static void the_csv_spectrum_is_read(void **state) {
    (void)state;
    static const char *const names[] = {"comma_in_quotes",
                                        "empty",
                                        "empty_crlf",
                                        "escaped_quotes",
                                        "json",
                                        "newlines",
                                        "newlines_crlf",
                                        "quotes_and_newlines",
                                        "simple",
                                        "simple_crlf",
                                        "utf8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) check_spectrum(names[i]);
}

/* That file's truth is one object, with another phone number than the file has. */
static void quotes_in_coordinates_are_text(void **state) {
    (void)state;
    struct str shown_text = read_all(test_data("torture/csv-spectrum/csvs/location_coordinates.csv")), header, row;
    str_split(&shown_text, '\n', &header);
    str_split(&shown_text, '\n', &row);
    assert_text(header, "Contact Phone Number|Location Coordinates|Cities|Counties");
    assert_true(str_starts(row, STR("2095257564|37")));
    assert_true(str_find(row, STR("36'37.8\"N 121")) > 0);
    assert_true(str_ends(row, STR("2'17.9\"W|Modesto|Stanislaus")));
    assert_int_equal(shown_text.len, 0);
}

static void an_export_of_zoho_is_read_to_its_end(void **state) {
    (void)state;
    struct str text = test_data("crm/zoho/Leads.csv");
    errors = (struct errors){.arena = arena};
    struct csv_reader *csv = csv_open(arena, csv_from_memory(arena, text), (struct csv_options){0}, &errors);
    struct csv_record record;
    assert_true(csv_next(csv, &record));
    size_t columns = record.count, rows = 0;
    while (csv_next(csv, &record)) {
        assert_int_equal(record.count, columns);
        rows++;
    }
    assert_false(csv_failed(csv));
    assert_int_equal(rows, 3900);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(records_are_read_as_rfc_4180_says),
        TEST(each_record_tells_its_line),
        TEST(the_delimiter_is_found_out),
        TEST(every_encoding_comes_out_as_utf8),
        TEST(an_encoding_is_found_out_late),
        TEST(bytes_that_break_an_encoding_are_an_error_with_their_line),
        TEST(what_cannot_be_trusted_is_an_error_with_its_line),
        TEST(a_record_may_have_a_megabyte_and_no_more),
        TEST(a_source_may_give_little_or_fail),
        TEST(records_cross_the_borders_of_chunks_unharmed),
        TEST(memory_does_not_grow_with_the_file),
        TEST(the_csv_spectrum_is_read),
        TEST(quotes_in_coordinates_are_text),
        TEST(an_export_of_zoho_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
