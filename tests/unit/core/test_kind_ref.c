/* test_kind_ref.c - references, files and the pair of a subject. */
#include "kind_test.h"

static void a_reference_is_an_id(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *fields[] = {FIELD(F_REF("clients", RESTRICT)), FIELD(F_FILE), FIELD(F_SUBJECT_ID)};
    for (size_t i = 0; i < 3; i++) {
        const struct field *f = fields[i];
        CASES(f, &env, {"42", "42", "42", "42"}, {"9007199254740991", "9007199254740991"});
        assert_int_equal(test_from_json(f, &env, "42").integer, 42);
        assert_true(value_is_null(test_from_json(f, &env, "null")));
        REFUSES(f, &env, "0", "not_an_id", "-1", "not_an_id", "+1", "not_an_id", "1.0", "not_an_id", "x", "not_an_id", "me",
                "not_an_id", "9007199254740992", "not_an_id", "1 OR 1=1", "not_an_id", "99999999999999999999", "not_an_id");
        REFUSES_JSON(f, &env, "\"42\"", "wrong_type", "0", "not_an_id", "-1", "not_an_id", "1.5", "wrong_type", "true",
                     "wrong_type");
        assert_text(test_schema(f), "\"type\":\"integer\",\"format\":\"int64\",\"minimum\":1");
    }
}

static void me_is_the_user_where_users_are_referred_to(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_REF("users", SET_NULL));
    assert_int_equal(test_parse(f, &env, "me").integer, 7);
    REFUSES_JSON(f, &env, "\"me\"", "wrong_type");
    env.me = 0;
    REFUSES(f, &env, "me", "not_an_id");
}

static void a_subject_is_one_of_the_entities_it_may_be(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_SUBJECT_TYPE("leads support_tickets"));
    CASES(f, &env, {"support_tickets", "\"support_tickets\"", "support_tickets", "Support tickets"});
    REFUSES(f, &env, "users", "not_allowed", "lead", "not_allowed", "leads support_tickets", "not_allowed");
    REFUSES_JSON(f, &env, "1", "wrong_type", "\"users\"", "not_allowed");
    assert_text(test_schema(f), "\"type\":\"string\",\"enum\":[\"leads\",\"support_tickets\"]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_reference_is_an_id),
        TEST(me_is_the_user_where_users_are_referred_to),
        TEST(a_subject_is_one_of_the_entities_it_may_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
