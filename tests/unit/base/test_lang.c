/* test_lang.c - texts in the language of whoever reads them: what is translated, and what is left alone. Debug builds have the
 * language "xx", which puts every sentence in brackets. */
#include "base_test.h"

#include "base/lang.h"

static void a_language_is_found_by_its_tag_and_what_nobody_translated_is_english(void **state) {
    (void)state;
    assert_string_equal(lang_tag(lang_find(STR("de"))), "de");
    assert_string_equal(lang_tag(lang_find(STR("de-AT"))), "de");
    assert_string_equal(lang_tag(lang_find(STR("DE_ch"))), "de");
    assert_null(lang_find(STR("en")));
    assert_null(lang_find(STR("tlh")));
    assert_null(lang_find(STR("")));
    assert_null(lang_find(STR("d")));
    assert_string_equal(lang_tag(NULL), "en");
}

static void a_browser_gets_the_language_that_it_wants_most(void **state) {
    (void)state;
    static const struct {
        const char *header, *tag;
    } cases[] = {{"", "en"}, {"de", "de"}, {"de-DE,de;q=0.9,en;q=0.8", "de"}, {"en-AU,en;q=0.9,de;q=0.8", "en"},
                 {"fr, de;q=0.5, en;q=0.3", "de"}, {"fr,it", "en"}, {"de;q=0", "en"}, {"de;q=x", "en"}, {"*", "en"},
                 {"en;q=0.2,de;q=0.25", "de"}, {";;,,;q=1,", "en"}, {" de ; q=1.000 ", "de"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(lang_tag(lang_accepted(str_of(cases[i].header))), cases[i].tag);
}

static void english_is_written_as_it_stands(void **state) {
    (void)state;
    static const char save[] = "Save";
    assert_ptr_equal(lang_str(arena, STR("Save")).ptr, lang_cstr(arena, "Save"));
    assert_ptr_equal(lang_cstr(arena, save), save);
    assert_text(lang_printf(arena, "All %s", "Leads"), "All Leads");
    assert_text(lang_inside(arena, STR("Lead status")), "lead status");
    assert_text(lang_inside(arena, STR("AI message")), "AI message");
    assert_text(lang_inside(arena, STR("New API")), "new API");
    assert_text(lang_inside(arena, STR("SLAs")), "SLAs");
    assert_text(lang_inside(arena, STR("Tax As")), "tax as");
    assert_text(lang_count(arena, 1, "%lld day", "%lld days"), "1 day");
    assert_text(lang_count(arena, 0, "%lld day", "%lld days"), "0 days");
}

static void what_is_ours_is_translated_and_what_people_wrote_is_not(void **state) {
    (void)state;
    arena_speak(arena, lang_find(STR("de")));
    assert_text(lang_str(arena, STR("Save")), "Speichern");
    assert_text(lang_str(arena, str_dup(arena, STR("Save"))), "Save");
    assert_text(lang_str(arena, STR("Nobody said this")), "Nobody said this");
    /* "Tag" is a day in German and a mark in English: what was translated is not translated again. */
    assert_text(lang_str(arena, lang_str(arena, STR("Day"))), "Tag");
    assert_text(lang_str(arena, STR("Tag")), "Schlagwort");
    assert_text(lang_word(arena, "choice", STR("Open")), "Offen");
    assert_text(lang_inside(arena, STR("Quote")), "Angebot");
}

static void a_sentence_and_what_is_put_into_it_are_translated(void **state) {
    (void)state;
    arena_speak(arena, lang_find(STR("de")));
    struct str typed = str_dup(arena, STR("Quote"));
    assert_text(lang_printf(arena, "%s is missing.", "Phone"), "Telefon fehlt.");
    assert_text(lang_printf(arena, "Edit %.*s", STR_ARG(typed)), "Quote bearbeiten");
    assert_text(lang_count(arena, 1, "%lld day", "%lld days"), "1 Tag");
    assert_text(lang_count(arena, 3, "%lld day", "%lld days"), "3 Tage");
    assert_text(lang_printf(arena, "%05d of %x", 12, 255u), "00012 of ff");
    assert_text(lang_printf(arena, "%d%%, %zu, %c", -3, (size_t)4, 'x'), "-3%, 4, x");
}

static void errors_are_told_in_the_language_of_their_arena(void **state) {
    (void)state;
    arena_speak(arena, lang_find(STR("xx")));
    struct errors errors = {.arena = arena};
    errors_add(&errors, 422, "required", "phone", "%s is missing.", "Phone");
    assert_text(errors.first->message, "[[Phone] is missing.]");
    assert_string_equal(errors.first->code, "required");
    assert_text(errors.first->field, "phone");
}

static void an_arena_that_is_reset_speaks_english_again(void **state) {
    (void)state;
    arena_speak(arena, lang_find(STR("de")));
    arena_reset(arena);
    assert_null(arena_lang(arena));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_language_is_found_by_its_tag_and_what_nobody_translated_is_english),
        TEST(a_browser_gets_the_language_that_it_wants_most),
        TEST(english_is_written_as_it_stands),
        TEST(what_is_ours_is_translated_and_what_people_wrote_is_not),
        TEST(a_sentence_and_what_is_put_into_it_are_translated),
        TEST(errors_are_told_in_the_language_of_their_arena),
        TEST(an_arena_that_is_reset_speaks_english_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
