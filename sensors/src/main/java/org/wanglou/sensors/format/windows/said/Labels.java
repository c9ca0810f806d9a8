package org.wanglou.sensors.format.windows.said;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The labels of rendered messages in the English and the Chinese of Windows (Vista to 11, Server 2008 to 2025), whose
 * translations changed between versions. Written without blanks, in small letters, 帐 for 账, 名 for 名称. Immutable.
 */
final class Labels {
    /** What a heading says of the account below it. */
    static final String SUBJECT = "§Subject";

    static final String LOGON = "§Logon";
    static final String TARGET = "§Target";
    static final String MEMBER = "§Member";
    static final String OTHER = "§";

    /** Labels that mean what their heading means: SID, account, domain, logon. */
    static final String SID = "¶Sid";

    static final String NAME = "¶Name";
    static final String DOMAIN = "¶Domain";
    static final String LOGON_ID = "¶LogonId";
    static final String LOGON_GUID = "¶LogonGuid";

    private static final Map<String, String> FIELDS = new HashMap<>();

    static {
        put(SUBJECT, "subject", "creatorsubject", "使用者", "主题", "创建者使用者", "创建者主题", "主体", "创建者主体");
        put(LOGON, "newlogon", "新登录", "accountforwhichlogonfailed", "登录失败的帐户", "targetsubject", "目标使用者", "目标主题");
        put(LOGON, "目标主体", "accountwhosecredentialswereused", "使用了哪个帐户的凭据", "使用了其凭据的帐户", "凭据被使用的帐户");
        put(TARGET, "newaccount", "新帐户", "targetaccount", "目标帐户", "accountthatwaslockedout", "被锁定的帐户");
        put(TARGET, "锁定的帐户", "已锁定的帐户", "已锁定帐户", "group", "组", "newgroup", "新组", "deletedgroup", "删除的组");
        put(TARGET, "已删除的组", "accountinformation", "帐户信息");
        put(MEMBER, "member", "成员");
        put(OTHER, "logoninformation", "登录信息", "processinformation", "进程信息", "networkinformation", "网络信息");
        put(OTHER, "detailedauthenticationinformation", "详细身份验证信息", "详细的身份验证信息", "failureinformation");
        put(OTHER, "失败信息", "additionalinformation", "附加信息", "其他信息", "serviceinformation", "服务信息");
        put(OTHER, "taskinformation", "任务信息", "attributes", "属性", "changedattributes", "已更改的属性", "更改的属性");
        put(OTHER, "targetserver", "目标服务器", "shareinformation", "共享信息", "accessrequestinformation");
        put(OTHER, "访问请求信息", "certificateinformation", "证书信息", "object", "对象");
        put(SID, "securityid", "安全id", "userid", "用户id");
        put(NAME, "accountname", "帐户名", "groupname", "组名");
        put(DOMAIN, "accountdomain", "帐户域", "domainname", "域名", "suppliedrealmname", "提供的领域名", "提供的域名");
        put(DOMAIN, "groupdomain", "组域");
        put(LOGON_ID, "logonid", "登录id");
        put(LOGON_GUID, "logonguid", "登录guid");
        put("LogonType", "logontype", "登录类型");
        put("RestrictedAdminMode", "restrictedadminmode", "受限制的管理员模式", "受限管理员模式");
        put("VirtualAccount", "virtualaccount", "虚拟帐户");
        put("ElevatedToken", "elevatedtoken", "提升的令牌", "提升令牌");
        put("ImpersonationLevel", "impersonationlevel", "模拟级别");
        put("TargetLinkedLogonId", "linkedlogonid", "链接的登录id", "链接登录id");
        put("TargetOutboundUserName", "networkaccountname", "网络帐户名");
        put("TargetOutboundDomainName", "networkaccountdomain", "网络帐户域");
        put("WorkstationName", "workstationname", "工作站名");
        put("IpAddress", "sourcenetworkaddress", "源网络地址", "networkaddress", "网络地址", "clientaddress", "客户端地址");
        put("IpAddress", "sourceaddress", "源地址");
        put("IpPort", "sourceport", "源端口", "port", "端口", "clientport", "客户端端口");
        put("LogonProcessName", "logonprocess", "登录进程");
        put("AuthenticationPackageName", "authenticationpackage", "身份验证数据包", "身份验证包", "身份验证程序包");
        put("TransmittedServices", "transitedservices", "传递的服务", "传递服务", "转发的服务", "中转服务");
        put("LmPackageName", "packagename(ntlmonly)", "数据包名(仅限ntlm)", "程序包名(仅限ntlm)");
        put("KeyLength", "keylength", "密钥长度");
        put("FailureReason", "failurereason", "失败原因");
        put("Status", "status", "状态", "resultcode", "结果代码", "failurecode", "失败代码", "故障代码", "errorcode", "错误代码");
        put("SubStatus", "substatus", "子状态");
        put("TargetServerName", "targetservername", "目标服务器名");
        put("ProcessId", "processid", "进程id", "callerprocessid", "调用方进程id", "creatorprocessid", "创建者进程id");
        put("ProcessName", "processname", "进程名", "callerprocessname", "调用方进程名");
        put("NewProcessId", "newprocessid", "新进程id");
        put("NewProcessName", "newprocessname", "新进程名");
        put("TokenElevationType", "tokenelevationtype", "令牌提升类型");
        put("MandatoryLabel", "mandatorylabel", "强制性标签", "强制标签");
        put("ParentProcessName", "creatorprocessname", "创建者进程名");
        put("CommandLine", "processcommandline", "进程命令行");
        put("PrivilegeList", "privileges", "特权");
        put("ServiceName", "servicename", "服务名");
        put("ServiceSid", "serviceid", "服务id");
        put("ServiceFileName", "servicefilename", "服务文件名");
        put("ServiceType", "servicetype", "服务类型");
        put("ServiceStartType", "servicestarttype", "服务启动类型");
        put("ServiceAccount", "serviceaccount", "服务帐户");
        put("TaskName", "taskname", "任务名");
        put("TaskContent", "taskcontent", "任务内容");
        put("TaskContentNew", "tasknewcontent", "任务新内容", "新任务内容");
        put("SamAccountName", "samaccountname", "sam帐户名");
        put("DisplayName", "displayname", "显示名");
        put("UserPrincipalName", "userprincipalname", "用户主体名");
        put("HomeDirectory", "homedirectory", "主目录");
        put("HomePath", "homedrive", "主驱动器");
        put("ScriptPath", "scriptpath", "脚本路径");
        put("ProfilePath", "profilepath", "配置文件路径");
        put("UserWorkstations", "userworkstations", "用户工作站");
        put("PasswordLastSet", "passwordlastset", "上次设置的密码", "上次设置密码", "密码最后设置", "密码上次设置时间");
        put("AccountExpires", "accountexpires", "帐户过期", "帐户到期");
        put("PrimaryGroupId", "primarygroupid", "主要组id", "主组id");
        put("AllowedToDelegateTo", "allowedtodelegateto", "允许委派给", "允许委托给", "允许委派到");
        put("OldUacValue", "olduacvalue", "旧uac值");
        put("NewUacValue", "newuacvalue", "新uac值");
        put("UserAccountControl", "useraccountcontrol", "用户帐户控制");
        put("UserParameters", "userparameters", "用户参数");
        put("SidHistory", "sidhistory", "sid历史", "sid历史记录");
        put("LogonHours", "logonhours", "登录时间", "登录小时数");
        put("CallerComputer", "callercomputername", "调用方计算机名", "呼叫方计算机名");
        put("TicketOptions", "ticketoptions", "票证选项");
        put("TicketEncryptionType", "ticketencryptiontype", "票证加密类型");
        put("PreAuthType", "pre-authenticationtype", "预身份验证类型", "预验证类型");
        put("CertIssuerName", "certificateissuername", "证书颁发者名");
        put("CertSerialNumber", "certificateserialnumber", "证书序列号");
        put("CertThumbprint", "certificatethumbprint", "证书指纹");
        put("TargetUserName", "logonaccount", "登录帐户");
        put("Workstation", "sourceworkstation", "源工作站");
        put("ObjectType", "objecttype", "对象类型");
        put("ShareName", "sharename", "共享名");
        put("ShareLocalPath", "sharepath", "共享路径");
        put("RelativeTargetName", "relativetargetname", "相对目标名");
        put("AccessMask", "accessmask", "访问掩码");
        put("AccessList", "accesses", "访问");
        put("AccessReason", "accesscheckresults", "访问检查结果");
        put("ScriptBlockId", "scriptblockid", "脚本块id");
        put("Path", "path", "路径");
    }

    /** Labels of Windows Defender, which are too common words for other messages. */
    private static final Map<String, String> DEFENDER = new HashMap<>();

    static {
        String[][] labels = {
            {"Threat Name", "name", "名"},
            {"Threat ID", "id"},
            {"Severity Name", "severity", "严重性"},
            {"Category Name", "category", "类别"},
            {"Path", "path", "路径"},
            {"Origin Name", "detectionorigin", "检测起源", "检测来源"},
            {"Type Name", "detectiontype", "检测类型"},
            {"Source Name", "detectionsource", "检测源"},
            {"Detection User", "user", "用户"},
            {"Process Name", "processname", "进程名"},
            {"Action Name", "action", "操作"},
            {"Action Status", "actionstatus", "操作状态"},
            {"Error Code", "errorcode", "错误代码"},
            {"Error Description", "errordescription", "错误描述"}
        };
        for (String[] label : labels) {
            for (int i = 1; i < label.length; i++) {
                DEFENDER.put(label[i], label[0]);
            }
        }
    }

    private Labels() {}

    private static void put(String field, String... labels) {
        for (String label : labels) {
            FIELDS.put(label, field);
        }
    }

    static Map<String, String> all() {
        return FIELDS;
    }

    static Map<String, String> defender() {
        return DEFENDER;
    }

    /** A label as it stands in these tables. */
    static String plain(String label) {
        return label.replace(" ", "")
                .replace("\u00a0", "")
                .replace('账', '帐')
                .replace('（', '(')
                .replace('）', ')')
                .replace("名称", "名")
                .toLowerCase(Locale.ROOT);
    }
}
