/* test_multipart.c - forms with files, however their bytes are cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "http/multipart.h"

static struct arena *arena;
static struct errors errors;
static struct buf seen; /* "name[file|type]=data;" for each part */

static int open_arena(void **state) {
    (void)state;
    arena = arena_new(64u << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static bool part_begin(void *arg, const struct multipart_part *part, struct errors *e) {
    (void)arg, (void)e;
    buf_add(&seen, part->name);
    if (part->is_file) buf_printf(&seen, "[%.*s|%.*s]", STR_ARG(part->file_name), STR_ARG(part->content_type));
    buf_char(&seen, '=');
    return true;
}
static bool part_data(void *arg, struct str bytes, struct errors *e) {
    (void)arg, (void)e;
    buf_add(&seen, bytes);
    return true;
}
static bool part_end(void *arg, struct errors *e) {
    (void)arg, (void)e;
    buf_char(&seen, ';');
    return true;
}

static bool read_in_pieces(struct str body, size_t piece) {
    const struct multipart_sink sink = {part_begin, part_data, part_end, NULL};
    struct multipart *m = multipart_new(arena, STR("XX"), &sink);
    errors = (struct errors){.arena = arena};
    seen = buf_new(arena, 256);
    while (body.len) {
        struct str one = str_slice(body, 0, piece);
        body = str_slice(body, one.len, body.len);
        if (!multipart_feed(m, one, &errors)) return false;
    }
    return multipart_end(m, &errors);
}

static bool read_all(struct str body) { return read_in_pieces(body, SIZE_MAX); }

#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FORM                                                                                                                     \
    "preamble\r\n--XX\r\n" FIELD(                                                                                                \
        "a") "one\r\n--X\r\n--XX \t\r\nContent-Type: text/csv\r\n"                                                               \
             "content-disposition: form-data; name=f; filename=\"C:\\\\dir\\\\x.csv\"\r\n\r\n1,2\r\n\r\n--XX\r\n" FIELD(         \
                 "empty") "\r\n--XX--\r\nepilogue"
#define FORM_SEEN "a=one\r\n--X;f[x.csv|text/csv]=1,2\r\n;empty=;"

static void a_form_reads_the_same_however_it_is_cut(void **state) {
    (void)state;
    for (size_t piece = 1; piece <= sizeof FORM; piece++) {
        assert_true(read_in_pieces(STR(FORM), piece));
        assert_true(str_eqc(buf_str(&seen), FORM_SEEN));
    }
}

static void a_form_that_ends_too_early_is_refused(void **state) {
    (void)state;
    const size_t whole = sizeof FORM - 1 - sizeof "\r\nepilogue" + 1;
    assert_true(read_all((struct str){FORM, whole}));
    for (size_t length = 0; length < whole; length++) assert_false(read_all((struct str){FORM, length}));
    assert_int_equal(errors_status(&errors), 400);
}

static void malformed_parts_are_refused(void **state) {
    (void)state;
    static const struct str bodies[] = {
        STR_INIT("--XX\r\n\r\nno headers\r\n--XX--"),
        STR_INIT("--XX\r\nContent-Type: text/plain\r\n\r\nno name\r\n--XX--"),
        STR_INIT("--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XX--"),
        STR_INIT("--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XX--"),
        STR_INIT("--XX\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\nx\r\n--XX--"),
        STR_INIT("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
                 "name=\"b\"\r\n\r\nx\r\n--XX--"),
        STR_INIT("--XX\r\nno colon\r\n\r\nx\r\n--XX--"),
        STR_INIT("--XXjunk\r\n" FIELD("a") "x\r\n--XX--"),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_false(read_all(bodies[i]));
        assert_string_equal(errors.first->code, "malformed_multipart");
    }
}

static void headers_and_parts_are_bounded(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 65536);
    buf_lit(&b, "--XX\r\nX-Long: ");
    for (int i = 0; i < 9000; i++) buf_char(&b, 'a');
    buf_lit(&b, "\r\n" FIELD("a") "x\r\n--XX--");
    assert_false(read_all(buf_str(&b)));
    assert_int_equal(errors_status(&errors), 413);
    b.len = 0;
    for (int i = 0; i < 512; i++) buf_lit(&b, "--XX\r\n" FIELD("a") "x\r\n");
    size_t most = b.len;
    buf_lit(&b, "--XX--");
    assert_true(read_all(buf_str(&b)));
    b.len = most;
    buf_lit(&b, "--XX\r\n" FIELD("a") "x\r\n--XX--");
    assert_false(read_all(buf_str(&b)));
    assert_int_equal(errors_status(&errors), 413);
}

static void a_long_preamble_is_refused(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 65536);
    for (int i = 0; i < 20000; i++) buf_char(&b, 'p');
    assert_false(read_all(buf_str(&b)));
}

static void file_names_lose_their_path_and_control_characters(void **state) {
    (void)state;
    assert_true(read_all(
        STR("--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../../etc/pa\tss\x01wd\"\r\n\r\n\r\n--XX--")));
    assert_true(str_eqc(buf_str(&seen), "f[passwd|]=;"));
    assert_true(
        read_all(STR("--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"say \\\"hi\\\".txt\"\r\n\r\n\r\n--XX--")));
    assert_true(str_eqc(buf_str(&seen), "f[say \"hi\".txt|]=;"));
}

static void the_boundary_stands_in_the_header(void **state) {
    (void)state;
    assert_true(str_eqc(multipart_boundary(arena, STR("multipart/form-data; charset=utf-8; boundary=abc")), "abc"));
    assert_true(str_eqc(multipart_boundary(arena, STR("multipart/form-data; Boundary=\"a b\"")), "a b"));
    assert_int_equal(multipart_boundary(arena, STR("multipart/form-data")).len, 0);
    assert_int_equal(multipart_boundary(arena, STR("multipart/form-data; boundary=")).len, 0);
    assert_int_equal(multipart_boundary(arena, STR("multipart/form-data; boundary=a\x01")).len, 0);
    struct buf b = buf_new(arena, 128);
    buf_lit(&b, "multipart/form-data; boundary=");
    for (int i = 0; i < 71; i++) buf_char(&b, 'x');
    assert_int_equal(multipart_boundary(arena, buf_str(&b)).len, 0);
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        TEST(a_form_reads_the_same_however_it_is_cut),
        TEST(a_form_that_ends_too_early_is_refused),
        TEST(malformed_parts_are_refused),
        TEST(headers_and_parts_are_bounded),
        TEST(a_long_preamble_is_refused),
        TEST(file_names_lose_their_path_and_control_characters),
        TEST(the_boundary_stands_in_the_header),
    };
    return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
