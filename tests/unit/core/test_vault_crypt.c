/* test_vault_crypt.c - the master key's file, sealing, and everything that must not open. */
#include "base/base_test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/vault_crypt.h"

static const char *key_path(void) {
    const char *root = getenv("TMPDIR");
    char *folder = arena_alloc(arena, 256);
    snprintf(folder, 256, "%s/tenon-vault-XXXXXX", root ? root : "/tmp");
    assert_non_null(mkdtemp(folder));
    return str_printf(arena, "%s/master.key", folder).ptr;
}

static void remove_key(const char *path) {
    unlink(path);
    rmdir(str_cstr(arena, str_slice(str_of(path), 0, strlen(path) - strlen("/master.key"))));
}

static void write_file(const char *path, size_t n, mode_t mode) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    assert_true(fd >= 0);
    static const char bytes[64];
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
    chmod(path, mode);
}

static void the_key_file_is_made_once_and_for_the_owner_only(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    const char *path = key_path();
    assert_true(vault_open_master(path, &errors));
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, 32);
    struct str id = vault_master_id(arena);
    assert_int_equal(id.len, 32);
    vault_close_master();
    assert_false(vault_is_open());
    assert_int_equal(vault_master_id(arena).len, 0);
    assert_true(vault_open_master(path, &errors));
    assert_true(str_eq(vault_master_id(arena), id));
    vault_close_master();
    remove_key(path);
    path = key_path();
    assert_true(vault_open_master(path, &errors));
    assert_false(str_eq(vault_master_id(arena), id));
    assert_int_equal(errors.count, 0);
    vault_close_master();
    remove_key(path);
}

static void a_key_file_that_others_read_or_of_a_wrong_size_is_refused(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    const char *path = key_path();
    static const struct {
        size_t size;
        mode_t mode;
    } cases[] = {{32, 0640}, {32, 0604}, {31, 0600}, {33, 0600}, {0, 0600}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errors_clear(&errors);
        write_file(path, cases[i].size, cases[i].mode);
        if (vault_open_master(path, &errors)) fail_msg("case %zu was taken", i);
        assert_string_equal(errors.first->code, "key_file");
        assert_false(vault_is_open());
    }
    unlink(path);
    assert_int_equal(symlink("/dev/zero", path), 0);
    assert_false(vault_open_master(path, &errors));
    assert_false(vault_open_master("/nonexistent/folder/key", &errors));
    remove_key(path);
}

static void two_that_start_together_share_one_key(void **state) {
    (void)state;
    const char *path = key_path();
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    for (int i = 0; i < 4; i++) {
        if (fork() == 0) {
            struct errors errors = {.arena = arena};
            bool ok = vault_open_master(path, &errors);
            struct str id = vault_master_id(arena);
            _exit(ok && write(pipes[1], id.ptr, id.len) == 32 ? 0 : 1);
        }
    }
    int status;
    for (int i = 0; i < 4; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    char ids[4][32];
    assert_int_equal(read(pipes[0], ids, sizeof ids), (ssize_t)sizeof ids);
    for (int i = 1; i < 4; i++) assert_memory_equal(ids[0], ids[i], 32);
    close(pipes[0]);
    close(pipes[1]);
    remove_key(path);
}

static void what_is_sealed_opens_with_the_same_key_and_place_only(void **state) {
    (void)state;
    unsigned char key[VAULT_KEY_SIZE] = {1}, other[VAULT_KEY_SIZE] = {2};
    struct str aad = STR("tenant 1 credentials 5 password key 9"), plain = STR("correct horse"), out = STR("untouched");
    struct vault_box box, again;
    assert_true(vault_crypt_seal(arena, key, aad, plain, &box));
    assert_true(vault_crypt_open(arena, key, aad, &box, &out));
    assert_text(out, "correct horse");
    assert_true(vault_crypt_seal(arena, key, aad, plain, &again));
    assert_false(str_eq(box.iv, again.iv) || str_eq(box.ciphertext, again.ciphertext));
    assert_true(str_find(box.ciphertext, STR("correct")) < 0);

    out = STR("untouched");
    assert_false(vault_crypt_open(arena, other, aad, &box, &out));
    assert_false(vault_crypt_open(arena, key, STR("tenant 2 credentials 5 password key 9"), &box, &out));
    assert_false(vault_crypt_open(arena, key, STR("tenant 1 credentials 6 password key 9"), &box, &out));
    assert_text(out, "untouched");
}

static void a_touched_byte_does_not_open(void **state) {
    (void)state;
    unsigned char key[VAULT_KEY_SIZE] = {1};
    struct str aad = STR("place"), out;
    struct vault_box box;
    assert_true(vault_crypt_seal(arena, key, aad, STR("correct horse"), &box));
    struct str *parts[] = {&box.ciphertext, &box.iv, &box.tag};
    for (int i = 0; i < 3; i++) {
        struct str before = *parts[i];
        char *bytes = arena_alloc(arena, before.len + 1);
        memcpy(bytes, before.ptr, before.len);
        bytes[0] = bytes[0] == '0' ? '1' : '0';
        *parts[i] = (struct str){bytes, before.len};
        if (vault_crypt_open(arena, key, aad, &box, &out)) fail_msg("part %d was touched and opened", i);
        *parts[i] = str_slice(before, 0, before.len - 2);
        if (vault_crypt_open(arena, key, aad, &box, &out)) fail_msg("part %d was cut and opened", i);
        bytes[0] = 'x';
        *parts[i] = (struct str){bytes, before.len};
        if (vault_crypt_open(arena, key, aad, &box, &out)) fail_msg("part %d is no hex and opened", i);
        *parts[i] = before;
    }
    assert_true(vault_crypt_open(arena, key, aad, &box, &out));
}

static void nothing_and_much_are_sealed_too(void **state) {
    (void)state;
    unsigned char key[VAULT_KEY_SIZE] = {1};
    struct vault_box box;
    struct str out;
    assert_true(vault_crypt_seal(arena, key, STR("a"), STR(""), &box));
    assert_true(vault_crypt_open(arena, key, STR("a"), &box, &out));
    assert_int_equal(out.len, 0);
    char *much = arena_alloc(arena, 1 << 20);
    memset(much, 'm', 1 << 20);
    assert_true(vault_crypt_seal(arena, key, STR("a"), (struct str){much, 1 << 20}, &box));
    assert_true(vault_crypt_open(arena, key, STR("a"), &box, &out));
    assert_int_equal(out.len, 1 << 20);
    assert_memory_equal(out.ptr, much, 1 << 20);
}

static unsigned char *seen_after;
static bool was_wiped;

static void look_after_wiping(void *arg) {
    (void)arg;
    was_wiped = true;
    for (int i = 0; i < 13; i++) was_wiped = was_wiped && seen_after[i] == 0;
}

static void an_opened_secret_is_wiped_with_its_arena(void **state) {
    (void)state;
    unsigned char key[VAULT_KEY_SIZE] = {1};
    struct vault_box box;
    struct str out;
    assert_true(vault_crypt_seal(arena, key, STR("a"), STR("correct horse"), &box));
    struct arena *request = arena_new(1 << 20);
    // Deferred before the wiping, so it runs after it and while the memory is still there.
    arena_defer(request, look_after_wiping, NULL);
    assert_true(vault_crypt_open(request, key, STR("a"), &box, &out));
    seen_after = (unsigned char *)(uintptr_t)out.ptr;
    assert_memory_equal(seen_after, "correct horse", 13);
    arena_free(request);
    assert_true(was_wiped);
}

static void tenants_keys_open_only_under_their_master_and_name(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    const char *path = key_path();
    unsigned char key[VAULT_KEY_SIZE], back[VAULT_KEY_SIZE] = {0};
    vault_close_master();
    vault_crypt_new_key(key);
    assert_int_equal(vault_crypt_wrap(arena, STR("tenant 1 key 2"), key).len, 0);
    assert_true(vault_open_master(path, &errors));
    struct str wrapped = vault_crypt_wrap(arena, STR("tenant 1 key 2"), key);
    assert_true(wrapped.len > 0 && wrapped.len <= 500);
    assert_true(vault_crypt_unwrap(arena, STR("tenant 1 key 2"), wrapped, back));
    assert_memory_equal(key, back, VAULT_KEY_SIZE);
    assert_false(vault_crypt_unwrap(arena, STR("tenant 2 key 2"), wrapped, back));
    assert_false(vault_crypt_unwrap(arena, STR("tenant 1 key 2"), STR(""), back));
    assert_false(vault_crypt_unwrap(arena, STR("tenant 1 key 2"), STR("..."), back));
    vault_close_master();
    assert_false(vault_crypt_unwrap(arena, STR("tenant 1 key 2"), wrapped, back));
    remove_key(path);
    path = key_path();
    assert_true(vault_open_master(path, &errors));
    assert_false(vault_crypt_unwrap(arena, STR("tenant 1 key 2"), wrapped, back));
    vault_close_master();
    remove_key(path);
}

static void the_key_stands_beside_the_database_unless_named(void **state) {
    (void)state;
    unsetenv("TENON_KEY_FILE");
    assert_string_equal(vault_crypt_path(arena, "sqlite:/var/lib/tenon.db"), "/var/lib/tenon.db.key");
    assert_string_equal(vault_crypt_path(arena, "postgres://host/tenon"), "tenon.key");
    setenv("TENON_KEY_FILE", "/etc/tenon/key", 1);
    assert_string_equal(vault_crypt_path(arena, "sqlite:/var/lib/tenon.db"), "/etc/tenon/key");
    unsetenv("TENON_KEY_FILE");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_key_file_is_made_once_and_for_the_owner_only),
        TEST(a_key_file_that_others_read_or_of_a_wrong_size_is_refused),
        TEST(two_that_start_together_share_one_key),
        TEST(what_is_sealed_opens_with_the_same_key_and_place_only),
        TEST(a_touched_byte_does_not_open),
        TEST(nothing_and_much_are_sealed_too),
        TEST(an_opened_secret_is_wiped_with_its_arena),
        TEST(tenants_keys_open_only_under_their_master_and_name),
        TEST(the_key_stands_beside_the_database_unless_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
