/** The shipped rule packs against inputs that others wrote; the data stand beside the project and are never copied. */
@NullMarked
package org.wanglou.app.content;

import org.jspecify.annotations.NullMarked;
