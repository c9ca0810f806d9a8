package org.wanglou.store.accounts;

/**
 * One sign-in that is in force. Immutable.
 *
 * @param account who signed in, as the account is now
 * @param csrf token that every changing request must carry
 * @param createdAt milliseconds UTC
 */
public record Session(Account account, String csrf, long createdAt) {}
