/* Which sanitizer this is built with, by either compiler's way to say so: 1 or 0. */
#ifndef GS_BASE_SANITIZERS_H
#define GS_BASE_SANITIZERS_H

#ifdef __has_feature
#define GS_HAS_FEATURE(feature) __has_feature(feature)
#else
#define GS_HAS_FEATURE(feature) 0
#endif

#if defined __SANITIZE_THREAD__ || GS_HAS_FEATURE(thread_sanitizer)
#define GS_THREAD_SANITIZER 1
#else
#define GS_THREAD_SANITIZER 0
#endif

#if defined __SANITIZE_ADDRESS__ || GS_HAS_FEATURE(address_sanitizer)
#define GS_ADDRESS_SANITIZER 1
#else
#define GS_ADDRESS_SANITIZER 0
#endif

#endif
