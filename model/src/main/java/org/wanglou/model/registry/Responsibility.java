package org.wanglou.model.registry;

/**
 * Who answers for a unit or system (谁主管谁负责、谁运维谁负责、谁使用谁负责).
 *
 * @param duty such as 第一责任人, 直接责任人, 联络员A, 联络员B, 主管, 运维, 使用
 * @param name person or company, made up in demo data
 * @param contact telephone, mail or the webhook route's name
 */
public record Responsibility(String duty, String name, String contact) {}
