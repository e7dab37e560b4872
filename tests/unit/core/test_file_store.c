/* test_file_store.c - what kind of content it is, and that a key never leads out of its folder. */
#include "core/file_store.h"
#include "base/base_test.h"

static const char *type(const char *bytes, size_t len, const char *name) {
    return str_cstr(arena, file_type((struct str){bytes, len}, str_of(name)));
}
#define TYPE(literal, name) type((literal), sizeof(literal) - 1, (name))

static void type_is_told_by_the_first_bytes(void **state) {
    (void)state;
    assert_string_equal(TYPE("\xff\xd8\xff\xe0", "a.html"), "image/jpeg");
    assert_string_equal(TYPE("%PDF-1.4", "a"), "application/pdf");
    assert_string_equal(TYPE("%PDF", "a.pdf"), "text/plain"); // the name alone says nothing
    assert_string_equal(TYPE("PK\x03\x04", "a.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_string_equal(TYPE("MZ", "a.docx"), "text/plain");
    assert_string_equal(TYPE("\x00\x01", "a.txt"), "application/octet-stream");
}

static void markup_is_only_a_text(void **state) {
    (void)state;
    assert_string_equal(TYPE("<!doctype html><script>", "a.html"), "text/plain");
    assert_string_equal(TYPE("<svg onload=x>", "a.svg"), "text/plain");
    assert_string_equal(TYPE("a,b\n", "a.CSV"), "text/csv");
    assert_string_equal(TYPE("", "a.png"), "text/plain");
}

static void text_may_end_inside_a_character(void **state) {
    (void)state;
    assert_string_equal(TYPE("Gr\xc3\xb6\xc3", "a"), "text/plain");
    assert_string_equal(TYPE("Gr\xc3\x28\xa0\xa1 and more", "a"), "application/octet-stream");
}

static void key_never_leads_out_of_its_folder(void **state) {
    (void)state;
    assert_null(file_stored_path(arena, "/", STR("etc/passwd")));
    assert_null(file_stored_path(arena, "/tmp", STR("../etc/passwd")));
    assert_null(file_stored_path(arena, "/tmp", STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(type_is_told_by_the_first_bytes),
        TEST(markup_is_only_a_text),
        TEST(text_may_end_inside_a_character),
        TEST(key_never_leads_out_of_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
