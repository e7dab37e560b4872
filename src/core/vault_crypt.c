/* vault_crypt.c - the master key and AES-256-GCM by OpenSSL, its cipher fetched once (vault_crypt.h). */
#include "core/vault_crypt.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define IV_SIZE 12
#define TAG_SIZE 16

/* Process lifetime: set before threads start, in memory that is locked and read-only from then on. */
static unsigned char *vault_master;
static EVP_CIPHER *vault_cipher;
static pthread_once_t vault_cipher_once = PTHREAD_ONCE_INIT;

static void vault_cipher_fetch(void) {
    vault_cipher = EVP_CIPHER_fetch(NULL, VAULT_ALGORITHM, NULL);
}

const char *vault_crypt_path(struct arena *arena, const char *database_url) {
    const char *named = getenv("TENON_KEY_FILE");
    if (named && *named) return named;
    struct str url = str_of(database_url), scheme = STR("sqlite:");
    if (!str_starts(url, scheme)) return "tenon.key";
    return str_printf(arena, "%s.key", database_url + scheme.len).ptr;
}

static bool vault_write_all(int fd, const unsigned char *bytes, size_t n) {
    while (n) {
        ssize_t written = write(fd, bytes, n);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        n -= (size_t)written;
    }
    return fsync(fd) == 0;
}

/* The name of a new file must be on disk before anything is sealed under what it holds. */
static void vault_sync_folder(const char *path) {
    char folder[PATH_MAX];
    struct str s = str_of(path);
    while (s.len && s.ptr[s.len - 1] != '/') s.len--;
    if (s.len >= sizeof folder) return;
    snprintf(folder, sizeof folder, "%.*s", s.len ? (int)s.len : 1, s.len ? s.ptr : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

/* Written aside and linked into place: of two processes that start together one makes the key, and neither sees half of it. */
static bool vault_make_master(const char *path) {
    char aside[PATH_MAX];
    unsigned char key[VAULT_KEY_SIZE];
    if (snprintf(aside, sizeof aside, "%s.new.%ld", path, (long)getpid()) >= (int)sizeof aside) return false;
    int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    vault_crypt_new_key(key);
    bool made = vault_write_all(fd, key, sizeof key);
    sodium_memzero(key, sizeof key);
    made = close(fd) == 0 && made;
    made = made && (link(aside, path) == 0 || errno == EEXIST);
    unlink(aside);
    if (made) vault_sync_folder(path);
    return made;
}

static bool vault_read_master(int fd, unsigned char key[VAULT_KEY_SIZE]) {
    unsigned char bytes[VAULT_KEY_SIZE + 1];
    size_t have = 0;
    ssize_t got;
    while (have < sizeof bytes && (got = read(fd, bytes + have, sizeof bytes - have)) != 0) {
        if (got < 0 && errno != EINTR) break;
        if (got > 0) have += (size_t)got;
    }
    if (have == VAULT_KEY_SIZE) memcpy(key, bytes, VAULT_KEY_SIZE);
    sodium_memzero(bytes, sizeof bytes);
    return have == VAULT_KEY_SIZE;
}

static bool vault_take_master(int fd, const char *path, struct errors *errors) {
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        return errors_add(errors, 500, "key_file", NULL, "The key file %s is not a plain file.", path);
    }
    if (about.st_mode & (S_IRWXG | S_IRWXO)) {
        return errors_add(errors, 500, "key_file", NULL, "Others may read the key file %s. Set its mode to 0600.", path);
    }
    unsigned char *key = sodium_malloc(VAULT_KEY_SIZE);
    if (!key) return errors_add(errors, 500, "out_of_memory", NULL, "There is no locked memory for the master key.");
    if (!vault_read_master(fd, key)) {
        sodium_free(key);
        return errors_add(errors, 500, "key_file", NULL, "The key file %s does not hold %d bytes.", path, VAULT_KEY_SIZE);
    }
    sodium_mprotect_readonly(key);
    vault_close_master();
    vault_master = key;
    return true;
}

bool vault_open_master(const char *path, struct errors *errors) {
    if (sodium_init() < 0) return errors_add(errors, 500, "no_random", NULL, "The system gives no random numbers.");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT && vault_make_master(path)) fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return errors_add(errors, 500, "key_file", NULL, "The key file %s cannot be opened: %s.", path, strerror(errno));
    bool taken = vault_take_master(fd, path, errors);
    close(fd);
    return taken;
}

void vault_close_master(void) {
    sodium_free(vault_master);
    vault_master = NULL;
}

bool vault_is_open(void) {
    return vault_master != NULL;
}

void vault_crypt_new_key(unsigned char key[VAULT_KEY_SIZE]) {
    randombytes_buf(key, VAULT_KEY_SIZE);
}

static struct str vault_hex(struct arena *arena, const unsigned char *bytes, size_t n) {
    struct buf b = buf_new(arena, 2 * n + 1);
    buf_hex(&b, (struct str){(const char *)bytes, n});
    return buf_str(&b);
}

/* Exactly n bytes of hex. */
static bool vault_unhex(struct str hex, unsigned char *bytes, size_t n) {
    size_t got = 0;
    return hex.len == 2 * n && (n == 0 || sodium_hex2bin(bytes, n, hex.ptr, hex.len, NULL, &got, NULL) == 0) && got == n;
}

bool vault_crypt_seal(struct arena *arena, const unsigned char key[VAULT_KEY_SIZE], struct str aad, struct str plain,
                      struct vault_box *box) {
    unsigned char iv[IV_SIZE], tag[TAG_SIZE], *out = arena_raw(arena, plain.len + 1);
    int n = 0, rest = 0;
    pthread_once(&vault_cipher_once, vault_cipher_fetch);
    if (plain.len > INT_MAX || aad.len > INT_MAX || !vault_cipher) return false;
    randombytes_buf(iv, sizeof iv);
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    bool ok = c && EVP_EncryptInit_ex2(c, vault_cipher, key, iv, NULL) == 1 &&
              EVP_EncryptUpdate(c, NULL, &n, (const unsigned char *)aad.ptr, (int)aad.len) == 1 &&
              EVP_EncryptUpdate(c, out, &n, (const unsigned char *)plain.ptr, (int)plain.len) == 1 &&
              EVP_EncryptFinal_ex(c, out + n, &rest) == 1 && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, TAG_SIZE, tag) == 1;
    EVP_CIPHER_CTX_free(c);
    if (!ok) return false;
    box->ciphertext = vault_hex(arena, out, plain.len);
    box->iv = vault_hex(arena, iv, sizeof iv);
    box->tag = vault_hex(arena, tag, sizeof tag);
    return true;
}

struct vault_plain {
    unsigned char *bytes;
    size_t n;
};

static void vault_wipe(void *arg) {
    struct vault_plain *plain = arg;
    sodium_memzero(plain->bytes, plain->n);
}

bool vault_crypt_open(struct arena *arena, const unsigned char key[VAULT_KEY_SIZE], struct str aad, const struct vault_box *box,
                      struct str *plain) {
    unsigned char iv[IV_SIZE], tag[TAG_SIZE];
    size_t len = box->ciphertext.len / 2;
    unsigned char *in = arena_raw(arena, len + 1), *out = arena_alloc(arena, len + 1);
    int n = 0, rest = 0;
    pthread_once(&vault_cipher_once, vault_cipher_fetch);
    if (len > INT_MAX || aad.len > INT_MAX || !vault_cipher) return false;
    if (!vault_unhex(box->iv, iv, sizeof iv) || !vault_unhex(box->tag, tag, sizeof tag) ||
        !vault_unhex(box->ciphertext, in, len)) {
        return false;
    }
    struct vault_plain *wipe = arena_alloc(arena, sizeof *wipe);
    *wipe = (struct vault_plain){out, len};
    arena_defer(arena, vault_wipe, wipe);
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    bool ok = c && EVP_DecryptInit_ex2(c, vault_cipher, key, iv, NULL) == 1 &&
              EVP_DecryptUpdate(c, NULL, &n, (const unsigned char *)aad.ptr, (int)aad.len) == 1 &&
              EVP_DecryptUpdate(c, out, &n, in, (int)len) == 1 &&
              EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, TAG_SIZE, tag) == 1 && EVP_DecryptFinal_ex(c, out + n, &rest) == 1;
    EVP_CIPHER_CTX_free(c);
    // What GCM decrypted before it saw that the tag is wrong must not be used.
    if (!ok) sodium_memzero(out, len);
    if (ok) *plain = (struct str){(const char *)out, len};
    return ok;
}

struct str vault_master_id(struct arena *arena) {
    static const char context[] = "tenon master key";
    unsigned char hash[16];
    if (!vault_master) return STR("");
    crypto_generichash(hash, sizeof hash, (const unsigned char *)context, sizeof context - 1, vault_master, VAULT_KEY_SIZE);
    return vault_hex(arena, hash, sizeof hash);
}

struct str vault_crypt_wrap_by(struct arena *arena, const unsigned char *wrapper, struct str aad,
                               const unsigned char key[VAULT_KEY_SIZE]) {
    struct vault_box box;
    if (!wrapper) wrapper = vault_master;
    if (!wrapper || !vault_crypt_seal(arena, wrapper, aad, (struct str){(const char *)key, VAULT_KEY_SIZE}, &box)) {
        return STR("");
    }
    return str_printf(arena, "%.*s.%.*s.%.*s", STR_ARG(box.iv), STR_ARG(box.tag), STR_ARG(box.ciphertext));
}

struct str vault_crypt_wrap(struct arena *arena, struct str aad, const unsigned char key[VAULT_KEY_SIZE]) {
    return vault_crypt_wrap_by(arena, NULL, aad, key);
}

bool vault_crypt_unwrap_by(struct arena *arena, const unsigned char *wrapper, struct str aad, struct str wrapped,
                           unsigned char key[VAULT_KEY_SIZE]) {
    struct vault_box box;
    struct str plain;
    if (!wrapper) wrapper = vault_master;
    if (!wrapper || !str_split(&wrapped, '.', &box.iv) || !str_split(&wrapped, '.', &box.tag)) return false;
    box.ciphertext = wrapped;
    if (!vault_crypt_open(arena, wrapper, aad, &box, &plain) || plain.len != VAULT_KEY_SIZE) return false;
    memcpy(key, plain.ptr, VAULT_KEY_SIZE);
    return true;
}

bool vault_crypt_unwrap(struct arena *arena, struct str aad, struct str wrapped, unsigned char key[VAULT_KEY_SIZE]) {
    return vault_crypt_unwrap_by(arena, NULL, aad, wrapped, key);
}
