/* session_cache.h - what tokens stand for, remembered in memory by a keyed digest: the tokens themselves are not kept. */
#ifndef HTTP_SESSION_CACHE_H
#define HTTP_SESSION_CACHE_H

#include "base/str.h"

struct session_entry {
    int64_t tenant_id, user_id;
    int64_t session_id, key_id;  /* one of them */
    int64_t seen_at, expires_at; /* 0: never expires */
    int64_t loaded_at;
    uint64_t generation; /* of access, when it was loaded */
    unsigned char csrf[16];
};

/* Copies what is known of the token; false where nothing is. */
bool session_cache_get(struct str token, struct session_entry *entry);
void session_cache_put(struct str token, const struct session_entry *entry);
/* True for the one caller that shall write `now` down as last seen. */
bool session_cache_touch(struct str token, int64_t now, int64_t interval);
void session_cache_drop(int64_t session_id, int64_t user_id);

#endif
