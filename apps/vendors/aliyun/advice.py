"""What a person can do about an error code of Aliyun (its gateway and RTC error tables)."""

from __future__ import annotations

ADVICE: dict[str, str] = {
    "SignatureDoesNotMatch": "Enter the AccessKey secret again in the credential, and test it.",
    "IncompleteSignature": "Enter the AccessKey secret again in the credential, and test it.",
    "InvalidAccessKeyId": "Check in Aliyun's RAM console that this AccessKey exists and is enabled.",
    "InvalidSecurityToken": "The temporary keys have expired. Enter new ones, or a permanent AccessKey of a RAM user.",
    "Forbidden": "Allow this RAM user the actions of this service (rtc: or live:) in Aliyun's RAM console.",
    "NoPermission": "Allow this RAM user the actions of this service (rtc: or live:) in Aliyun's RAM console.",
    "InvalidTimeStamp": "The clock of this server is wrong. Set it with NTP.",
    "Request.IllegalTimestamp": "The clock of this server is wrong. Set it with NTP.",
    "App.Stop": "Start the app again in Aliyun's console.",
    "App.ChargeOverDue": "Pay the outstanding balance of the Aliyun account, then start again.",
    "Service.NoApp": "Check the AppId in the app settings.",
    "Request.IllegalAliUID": "Use the keys of the account that owns this AppId.",
}
