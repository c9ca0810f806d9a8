/**
 * Accounts, one-time links and sessions, in the case database's tables.
 *
 * <p>Administrators' rights are parted (管理员权限分离): an account has exactly one role. Passwords are Argon2id hashes,
 * tokens are kept only as SM3 digests, all time comes from a clock that is passed in.
 */
@NullMarked
package org.wanglou.store.accounts;

import org.jspecify.annotations.NullMarked;
