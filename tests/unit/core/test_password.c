/* test_password.c - which passwords may be chosen, and what is kept of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/password.h"

static struct arena *arena;
static struct errors errors;

static int open_arena(void **state) {
    (void)state;
    arena = arena_new(1u << 20);
    errors = (struct errors){.arena = arena};
    return 0;
}
static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void hash_is_salted_and_verifies_only_its_password(void **state) {
    (void)state;
    struct str one = password_hash(arena, STR("correct horse"), &errors),
               two = password_hash(arena, STR("correct horse"), &errors);
    assert_true(one.len > 0 && two.len > 0 && !str_eq(one, two));
    assert_true(password_verify(STR("correct horse"), one));
    assert_false(password_verify(STR("correct horse "), one));
    assert_false(password_verify(STR(""), one));
    assert_false(password_needs_rehash(one));
}

static void nobody_and_nonsense_verify_nothing(void **state) {
    (void)state;
    assert_false(password_verify(STR("nobody"), STR("")));
    assert_false(password_verify(STR("nobody"), STR("plain")));
    assert_true(password_needs_rehash(STR("")));
    assert_true(password_needs_rehash(
        STR("$argon2id$v=19$m=8192,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
}

static void what_is_guessed_first_is_refused(void **state) {
    (void)state;
    static const char *const refused[] = {"short",
                                          "1234567",
                                          "12345678",
                                          "87654321",
                                          "20261121",
                                          "Password1",
                                          "PASSWORD2026!",
                                          "qwertyuiop",
                                          "aaaaaaaaaaaa",
                                          "Tenon2026",
                                          "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        errors_clear(&errors);
        assert_false(password_check(str_of(refused[i]), &errors));
        assert_non_null(errors_for(&errors, "password"));
    }
}

static void good_passwords_are_taken_in_any_script(void **state) {
    (void)state;
    static const char *const taken[] = {"correct horse", "password of my grandmother", "g\xc3\xbcnstige Wege", "834067215593",
                                        "t4h8wqzn"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) assert_true(password_check(str_of(taken[i]), &errors));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_arena, close_arena)
int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(hash_is_salted_and_verifies_only_its_password),
        TEST(nobody_and_nonsense_verify_nothing),
        TEST(what_is_guessed_first_is_refused),
        TEST(good_passwords_are_taken_in_any_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
