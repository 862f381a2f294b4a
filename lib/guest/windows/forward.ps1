<#
Forwards TCP ports of this Windows Server to one address, and stops listening while that address does not answer.

Run once, as the extension does, it sets everything up and checks the result; it can be run again at any time and needs
no restart. With -Watch it is the watchdog, which a scheduled task keeps running: portproxy accepts connections whether
or not the target answers, so a load balancer's probe would stay green. The watchdog takes the listeners away then.
#>
[CmdletBinding()]
param(
    # The IPv4 address that connections are forwarded to.
    [Parameter(Mandatory)] [string] $TargetAddress,
    # The TCP ports, as a list or as one string with commas; the first one is watched and probed.
    [Parameter(Mandatory)] [string[]] $Ports,
    # The IPv4 prefixes whose connections are let in, as a list or as one string with commas.
    [Parameter(Mandatory)] [string[]] $AllowFrom,
    # How long the set-up waits until everything works before it fails; the watchdog waits on.
    [ValidateRange(0, 3600)] [int] $WaitSeconds = 300,
    # Watches the target for ever instead of setting up.
    [switch] $Watch
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$Name = 'ApimForwarder'
$ProbeSource = '168.63.129.16'
$IntervalSeconds = 2
$TimeoutMilliseconds = 2000
$Fall = 2
$Rise = 2

function ConvertTo-Address([string] $Text) {
    $address = [Net.IPAddress]::None
    if ([Net.IPAddress]::TryParse($Text, [ref] $address) -and $address.AddressFamily -eq 'InterNetwork' -and
        $address.ToString() -ceq $Text) { return $Text }
    throw "not an IPv4 address: '$Text'"
}

function ConvertTo-Prefix([string] $Text) {
    if ($Text -notmatch '\A([0-9.]+)/([0-9]|[12][0-9]|3[0-2])\z') { throw "not an IPv4 prefix: '$Text'" }
    ConvertTo-Address $Matches[1] | Out-Null
    $Text
}

function ConvertTo-Port([string] $Text) {
    if ($Text -match '\A[1-9][0-9]{0,4}\z' -and [int] $Text -le 65535) { return [int] $Text }
    throw "not a TCP port: '$Text'"
}

function Invoke-Netsh {
    $output = & "$env:SystemRoot\System32\netsh.exe" @args
    if ($LASTEXITCODE -ne 0) { throw "netsh $args failed with exit code ${LASTEXITCODE}: $output" }
    $output
}

# What is listened on, read where netsh keeps it: netsh itself answers in the language of the system.
function Get-Listener {
    $key = Get-Item 'HKLM:\SYSTEM\CurrentControlSet\Services\PortProxy\v4tov4\tcp' -ErrorAction SilentlyContinue
    if ($null -eq $key) { return }
    foreach ($value in $key.GetValueNames()) {
        $address, $port = $value.Split('/')
        [pscustomobject] @{ Address = $address; Port = $port; Target = $key.GetValue($value) }
    }
}

function Test-Listener($Listener) {
    $Listener.Address -eq '0.0.0.0' -and $Listener.Target -eq "$Target/$($Listener.Port)"
}

# Leaves one listener for each port, that of the target.
function Add-Listener {
    $present = @(Get-Listener | Where-Object { $_.Port -in $PortList })
    $present | Where-Object { -not (Test-Listener $_) } | Remove-Listener
    foreach ($port in $PortList) {
        if (-not ($present | Where-Object { $_.Port -eq $port -and (Test-Listener $_) })) {
            Invoke-Netsh interface portproxy add v4tov4 listenaddress=0.0.0.0 "listenport=$port" "connectaddress=$Target" "connectport=$port" | Out-Null
        }
    }
}

filter Remove-Listener {
    Invoke-Netsh interface portproxy delete v4tov4 "listenaddress=$($_.Address)" "listenport=$($_.Port)" | Out-Null
}

function Test-Target {
    $client = New-Object Net.Sockets.TcpClient
    try { $client.ConnectAsync($Target, $PortList[0]).Wait($TimeoutMilliseconds) }
    catch { $false }
    finally { $client.Dispose() }
}

function Write-State([string] $Type, [int] $Id, [string] $Message) {
    Write-EventLog -LogName Application -Source $Name -EntryType $Type -EventId $Id -Message $Message
}

function Watch-Target {
    # after a restart the listeners are those from before it, so neither up nor down is known.
    $up = $null
    $against = 0
    while ($true) {
        $answers = Test-Target
        if ($answers -eq $up) { $against = 0 } else { $against++ }
        $needed = if ($answers) { $Rise } else { $Fall }
        if ($against -ge $needed) {
            $up = $answers
            $against = 0
            if ($up) { Write-State Information 1 "up: ${Target}:$($PortList[0]) answers, ports $PortList are forwarded" }
            else { Write-State Warning 2 "down: ${Target}:$($PortList[0]) does not answer, ports $PortList are closed" }
        }
        # at every turn, so that what somebody else changes does not last.
        if ($up -eq $true) { Add-Listener }
        if ($up -eq $false) { Get-Listener | Where-Object { $_.Port -in $PortList } | Remove-Listener }
        Start-Sleep -Seconds $IntervalSeconds
    }
}

function Set-FirewallRule {
    # the new rules first: no connection is turned away between the two.
    $former = @(Get-NetFirewallRule -Group $Name -ErrorAction SilentlyContinue)
    foreach ($port in $PortList) {
        $rule = "HTTPS-$port-Inbound"
        $former += @(Get-NetFirewallRule -DisplayName $rule -ErrorAction SilentlyContinue | Where-Object { $_.Group -ne $Name })
        New-NetFirewallRule -DisplayName $rule -Group $Name -Direction Inbound -Action Allow -Protocol TCP -LocalPort $port -RemoteAddress ($PrefixList + $ProbeSource) | Out-Null
    }
    $former | Remove-NetFirewallRule
}

function Install-Watchdog {
    if (-not [Diagnostics.EventLog]::SourceExists($Name)) { New-EventLog -LogName Application -Source $Name }
    Get-ScheduledTask -TaskName $Name -ErrorAction SilentlyContinue | Stop-ScheduledTask

    # the task runs as LocalSystem: its script lies where only administrators write.
    $folder = New-Item -ItemType Directory -Force (Join-Path $env:ProgramFiles $Name)
    $script = Join-Path $folder.FullName 'forward.ps1'
    if ($PSCommandPath -ne $script) { Copy-Item -LiteralPath $PSCommandPath -Destination $script -Force }

    $arguments = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}" -TargetAddress {1} -Ports {2} -AllowFrom {3} -Watch' -f
        $script, $Target, ($PortList -join ','), ($PrefixList -join ',')
    $task = @{
        TaskName  = $Name
        Action    = New-ScheduledTaskAction -Execute "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe" -Argument $arguments
        # the second trigger starts it again whenever it has ended, for whatever reason.
        Trigger   = @(
            New-ScheduledTaskTrigger -AtStartup
            New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 1)
        )
        Settings  = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -RestartCount 3 -RestartInterval (New-TimeSpan -Minutes 1) -StartWhenAvailable
        Principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest
    }
    Register-ScheduledTask @task -Force | Out-Null
    Start-ScheduledTask -TaskName $Name
}

function Wait-Until([string] $What, [scriptblock] $Test) {
    while (-not (& $Test)) {
        if ((Get-Date) -ge $Deadline) { throw "gave up after $WaitSeconds s: $What" }
        Start-Sleep -Seconds 5
    }
    Write-Output "ok: $What"
}

function Install-Forwarder {
    Set-Service -Name iphlpsvc -StartupType Automatic
    Start-Service -Name iphlpsvc
    # each forwarded connection takes a port of its own toward the target; the default range has 16,384.
    Invoke-Netsh int ipv4 set dynamicport tcp start=1025 num=64510 | Out-Null
    Set-FirewallRule
    Install-Watchdog

    # what a person would look at; the watchdog adds the listeners when the target answers.
    foreach ($port in $PortList) {
        Wait-Until "$Target answers on port $port" {
            (Test-NetConnection -ComputerName $Target -Port $port -WarningAction SilentlyContinue).TcpTestSucceeded
        }
        Wait-Until "portproxy forwards port $port to $Target" {
            (Invoke-Netsh interface portproxy show v4tov4) -match "^0\.0\.0\.0\s+$port\s+$([regex]::Escape($Target))\s+$port\s*$"
        }
        Wait-Until "port $port is listened on" {
            Get-NetTCPConnection -State Listen -LocalAddress 0.0.0.0 -LocalPort $port -ErrorAction SilentlyContinue
        }
    }
    # whoever waits for this stops the next machine of the pool then: one that has just been started is probed before.
    $started = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime
    if (((Get-Date) - $started).TotalMinutes -lt 5) { Start-Sleep -Seconds 15 }
}

$Target = ConvertTo-Address $TargetAddress
$PortList = @($Ports -split ',' | ForEach-Object { ConvertTo-Port $_ })
$PrefixList = @($AllowFrom -split ',' | ForEach-Object { ConvertTo-Prefix $_ })
$Deadline = (Get-Date).AddSeconds($WaitSeconds)

if (-not $Watch) { Install-Forwarder; return }
try { Watch-Target }
catch {
    Write-State Error 3 "the watchdog stopped: $_"
    throw
}
