/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_PLATFORM_H
#define IAP_PLATFORM_H

/*
 * Systems and compilers. Only this header knows them, and every source includes
 * it before all else. It needs no flag and no macro from outside.
 *
 * Assumed are C99, bytes of 8 bits, ints of at least 32 in two's complement,
 * and integers of 8, 16, 32 and 64 bits. IAP_ASSERT checks that below.
 */

/* Without these, -std=c99 hides what POSIX and the systems add to C. */
#ifndef _DEFAULT_SOURCE
#  define _DEFAULT_SOURCE       /* glibc, musl, bionic, newlib */
#endif
#ifndef _NETBSD_SOURCE
#  define _NETBSD_SOURCE
#endif
#ifndef __EXTENSIONS__
#  define __EXTENSIONS__        /* Solaris */
#endif
/* Where a long has 32 bits, a file's size, time or number may need more. */
#ifndef _FILE_OFFSET_BITS
#  define _FILE_OFFSET_BITS 64
#endif
#if _FILE_OFFSET_BITS == 64 && !defined _TIME_BITS
#  define _TIME_BITS 64
#endif

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Compilers ----------------------------------------------------------- */

#define IAP_ASSERT(name, holds) \
	typedef char iap_assert_##name[(holds) ? 1 : -1]

IAP_ASSERT(bytes_have_8_bits, CHAR_BIT == 8);
IAP_ASSERT(ints_have_32_bits, INT_MAX >= 0x7fffffff);
IAP_ASSERT(ints_are_twos_complement, (-1 & 3) == 3);

#if defined __GNUC__
#  if !defined _WIN32 && !defined __CYGWIN__
#    define IAP_HIDDEN __attribute__((visibility("hidden")))
#    ifndef IANA_API
#      define IANA_API __attribute__((visibility("default")))
#    endif
#  endif
/* It is out of line, so that it costs its caller no registers. It is seldom
 * needed, so it may be slow. */
#  define IAP_APART __attribute__((noinline))
#  define IAP_RARE __attribute__((noinline, cold))
#  define IAP_INLINE static inline __attribute__((always_inline))
#  define IAP_LOWEST_BIT(x) __builtin_ctzll(x)
/* Argument n is a format of printf(), and those that follow are its own. */
#  define IAP_PRINTF(n) \
	__attribute__((format(printf, n, (n) + 1), nonnull(n)))
#else
#  define IAP_APART
#  define IAP_RARE
#  define IAP_INLINE static inline
#  define IAP_PRINTF(n)
#endif
#ifndef IAP_HIDDEN
#  define IAP_HIDDEN
#endif

/* Where the machine's own order is that of the blob, a plain load does the same
 * as one byte by byte. Not every compiler finds that out by itself. */
#if defined _WIN32 || (defined __BYTE_ORDER__ \
		       && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
#  define IAP_LITTLE_ENDIAN 1
#else
#  define IAP_LITTLE_ENDIAN 0
#endif

#if defined __SSE2__ && defined __GNUC__
#  define IAP_SSE2 1
#else
#  define IAP_SSE2 0
#endif

/* ---- Files --------------------------------------------------------------- */

/* Whether there is a system that has them: not on bare metal. */
#if defined __unix__ || defined __APPLE__ || defined __HAIKU__ \
	|| defined _WIN32 || defined __wasi__
#  define IAP_FILES 1
#  include <fcntl.h>
#  include <sys/stat.h>
#else
#  define IAP_FILES 0
#endif

#if defined _WIN32
#  include <io.h>
#  define O_CLOEXEC _O_NOINHERIT
#elif IAP_FILES
#  include <unistd.h>
#endif

/* What stat(2) says of owner and mode is true, and root is user 0. Windows has
 * other owners; WASI and Emscripten call every file user 0's. */
#if IAP_FILES && !defined _WIN32 && !defined __wasi__ \
	&& !defined __EMSCRIPTEN__
#  define IAP_OWNERS 1
#else
#  define IAP_OWNERS 0
#endif

#ifndef O_BINARY
#  define O_BINARY 0            /* no text mode changes what is read */
#endif
#ifndef O_CLOEXEC
#  define O_CLOEXEC 0
#endif
#ifndef O_NONBLOCK
#  define O_NONBLOCK 0
#endif
#ifndef O_NOCTTY
#  define O_NOCTTY 0
#endif
#ifndef S_ISREG
#  define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#endif

#if defined __linux__
#  define IAP_MAP_FLAGS (MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE)
#else
#  define IAP_MAP_FLAGS (MAP_PRIVATE | MAP_ANONYMOUS)
#endif

/* ---- <netdb.h> ----------------------------------------------------------- */

/* IANA_NETDB is 0 where the calls of <netdb.h> cannot be had. Without a system,
 * a header of that name is another system's, as Debian's is for WASI. */
#if !defined IANA_NETDB && (!IAP_FILES || defined __wasi__)
#  define IANA_NETDB 0
#elif !defined IANA_NETDB && defined __has_include && !defined _WIN32
#  if !__has_include(<netdb.h>)
#    define IANA_NETDB 0
#  endif
#endif

#if !defined IANA_NETDB || IANA_NETDB

/* The library calls libc's functions. It does so even if it is compiled with
 * the flags of ianaport-replace(7), as a part of a program. So <netdb.h> must
 * not see those macros. */
#undef getaddrinfo
#undef getnameinfo

#if defined _WIN32
#  ifndef WIN32_LEAN_AND_MEAN
#    define WIN32_LEAN_AND_MEAN
#  endif
#  include <winsock2.h>
#  include <ws2tcpip.h>
#  include <windows.h>
#  undef far                            /* words, which it takes away */
#  undef near
typedef short iap_s_port;
#else
#  include <arpa/inet.h>
#  include <netdb.h>
#  include <netinet/in.h>
#  include <sys/socket.h>
typedef int iap_s_port;
#endif
#if defined _MSC_VER
#  pragma comment(lib, "ws2_32")
#endif

#if defined __GLIBC__
#  define IAP_GLIBC 1
#else
#  define IAP_GLIBC 0
#endif

#if !defined EAI_OVERFLOW && defined _WIN32
#  define EAI_OVERFLOW ERROR_INSUFFICIENT_BUFFER
#elif !defined EAI_OVERFLOW
#  define EAI_OVERFLOW EAI_MEMORY       /* as in dietlibc */
#endif
#ifndef SOCK_DCCP
#  define SOCK_DCCP 0                   /* there is no such socket */
#endif

/* ---- Words that threads share -------------------------------------------- */

/* iap_swap_if() stores a new value if the word still has the old one. Otherwise
 * it updates *old, and returns 0. i386 has no instruction for that, but all of
 * its successors do, and gcc would call a library. */
#if defined __GNUC__ && (!defined __i386__ \
			 || defined __GCC_HAVE_SYNC_COMPARE_AND_SWAP_4)

static inline uintptr_t
iap_load(const uintptr_t *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void
iap_store(uintptr_t *word, uintptr_t value)
{
	__atomic_store_n(word, value, __ATOMIC_RELEASE);
}

static inline int
iap_swap_if(uintptr_t *word, uintptr_t *old, uintptr_t value)
{
	return __atomic_compare_exchange_n(word, old, value, 0,
					   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

#else

static inline uintptr_t
iap_load(const uintptr_t *word)
{
	return *(const volatile uintptr_t *)word;
}

static inline void
iap_store(uintptr_t *word, uintptr_t value)
{
	*(volatile uintptr_t *)word = value;
}

static inline int
iap_swap_if(uintptr_t *word, uintptr_t *old, uintptr_t value)
{
	uintptr_t expected = *old;

#if defined _MSC_VER
	*old = (uintptr_t)InterlockedCompareExchangePointer(
		(void *volatile *)word, (void *)value, (void *)expected);
#elif defined __i386__ || defined __x86_64__
	__asm__ volatile("lock; cmpxchg %3, %1"
			 : "=a"(*old), "+m"(*word)
			 : "0"(expected), "r"(value) : "memory", "cc");
#else
#  error "which instruction compares and swaps?"
#endif
	return *old == expected;
}

#endif

/* ---- Storage of each thread ---------------------------------------------- */

/*
 * IAP_PER_THREAD(type, p) declares p, which points to the calling thread's own
 * object of that type. p is NULL if there is no memory.
 *
 * On Windows, gcc's __thread needs a library of gcc's, which for a DLL is
 * another DLL. tcc has no __thread.
 */
#if defined __GNUC__ && !defined _WIN32

#define IAP_THREAD_LOCAL __thread
#define IAP_PER_THREAD(type, p) \
	static IAP_THREAD_LOCAL type p##_storage; \
	type *p = &p##_storage

#else

#if defined _WIN32

/* When a thread ends, the system frees its object with a function of its own: a
 * function of ours could be in a DLL that is no longer there. */
typedef DWORD iap_key;
#define IAP_KEY_NEW(key) \
	((key = FlsAlloc((PFLS_CALLBACK_FUNCTION)(void (*)(void))LocalFree)) \
	 != FLS_OUT_OF_INDEXES)
#define IAP_KEY_FREE FlsFree
#define IAP_KEY_GET FlsGetValue
#define IAP_KEY_SET(key, p) FlsSetValue(key, p)
#define IAP_ZEROED(size) LocalAlloc(LPTR, size)
#define IAP_FREE LocalFree

#else

#include <pthread.h>
#include <stdlib.h>

typedef pthread_key_t iap_key;
#define IAP_KEY_NEW(key) !pthread_key_create(&key, free)
#define IAP_KEY_FREE pthread_key_delete
#define IAP_KEY_GET pthread_getspecific
#define IAP_KEY_SET(key, p) !pthread_setspecific(key, p)
#define IAP_ZEROED(size) calloc(1, size)
#define IAP_FREE free

#endif

/* *word is the key plus 1, or 0 as long as there is none. */
static inline void *
iap_thread_storage(uintptr_t *word, size_t size)
{
	uintptr_t known = iap_load(word);
	iap_key key;
	void *p;

	if (!known) {
		if (!IAP_KEY_NEW(key))
			return NULL;
		if (iap_swap_if(word, &known, (uintptr_t)key + 1))
			known = (uintptr_t)key + 1;
		else
			IAP_KEY_FREE(key);
	}
	key = (iap_key)(known - 1);
	p = IAP_KEY_GET(key);
	if (p)
		return p;
	p = IAP_ZEROED(size);
	if (p && IAP_KEY_SET(key, p))
		return p;
	IAP_FREE(p);
	return NULL;
}

#define IAP_PER_THREAD(type, p) \
	static uintptr_t p##_key; \
	type *p = iap_thread_storage(&p##_key, sizeof(type))

#endif

#endif

#endif
