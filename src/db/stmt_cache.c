/* stmt_cache.c - statements by their text, so that each is compiled once a connection (driver.h). */
#include "db/driver.h"

/* Eight bytes a turn: SQL texts are hundreds of bytes long and hashed at every db_prepare. */
uint64_t stmt_hash(struct str sql) {
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = sql.len * odd;
    size_t at = 0;
    for (; at + 8 <= sql.len; at += 8) {
        uint64_t word;
        memcpy(&word, sql.ptr + at, 8);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    uint64_t tail = 0;
    if (at < sql.len) memcpy(&tail, sql.ptr + at, sql.len - at);
    hash = (hash ^ tail) * odd;
    return hash ^ (hash >> 29);
}

static struct db_stmt **bucket_of(struct stmt_cache *cache, uint64_t hash) { return &cache->bucket[hash % STMT_CACHE_BUCKETS]; }

static void unlink_idle(struct stmt_cache *cache, struct db_stmt *stmt) {
    struct db_stmt **link = bucket_of(cache, stmt->hash);
    while (*link != stmt) link = &(*link)->next_same;
    *link = stmt->next_same;
    *(stmt->prev ? &stmt->prev->next : &cache->newest) = stmt->next;
    *(stmt->next ? &stmt->next->prev : &cache->oldest) = stmt->prev;
    cache->idle--;
}

void stmt_cache_add_used(struct stmt_cache *cache, struct db_stmt *stmt) {
    stmt->used = true;
    stmt->prev = NULL;
    stmt->next = cache->used;
    if (cache->used) cache->used->prev = stmt;
    cache->used = stmt;
}

struct db_stmt *stmt_cache_take(struct stmt_cache *cache, struct str sql, uint64_t hash) {
    for (struct db_stmt *stmt = *bucket_of(cache, hash); stmt; stmt = stmt->next_same) {
        if (stmt->hash == hash && str_eq(stmt->sql, sql)) {
            unlink_idle(cache, stmt);
            stmt_cache_add_used(cache, stmt);
            return stmt;
        }
    }
    return NULL;
}

struct db_stmt *stmt_cache_put(struct stmt_cache *cache, struct db_stmt *stmt) {
    *(stmt->prev ? &stmt->prev->next : &cache->used) = stmt->next;
    if (stmt->next) stmt->next->prev = stmt->prev;
    stmt->used = false;
    stmt->prev = NULL;
    stmt->next = cache->newest;
    *(cache->newest ? &cache->newest->prev : &cache->oldest) = stmt;
    cache->newest = stmt;
    struct db_stmt **bucket = bucket_of(cache, stmt->hash);
    stmt->next_same = *bucket;
    *bucket = stmt;
    cache->idle++;
    return cache->idle > STMT_CACHE_LIMIT ? stmt_cache_pop(cache) : NULL;
}

struct db_stmt *stmt_cache_pop(struct stmt_cache *cache) {
    struct db_stmt *stmt = cache->oldest;
    if (stmt) unlink_idle(cache, stmt);
    return stmt;
}
