@echo off
rem Starts eigendrift with the Java in runtime, else of JAVA_HOME, else of the PATH; EIGENDRIFT_OPTS holds options of the Java machine.
setlocal
set "EIGENDRIFT_HOME=%~dp0.."
set "EIGENDRIFT_JAVA=java"
if defined JAVA_HOME set "EIGENDRIFT_JAVA=%JAVA_HOME%\bin\java"
if exist "%EIGENDRIFT_HOME%\runtime\bin\java.exe" set "EIGENDRIFT_JAVA=%EIGENDRIFT_HOME%\runtime\bin\java"
set "EIGENDRIFT_ARCHIVE=-Xshare:auto"
rem The archive is for the place where it was made: in a copy Java would take classes of both. A run that makes one does without.
set "EIGENDRIFT_PLACE="
if defined EIGENDRIFT_OPTS if not "%EIGENDRIFT_OPTS:ArchiveClassesAtExit=%"=="%EIGENDRIFT_OPTS%" if exist "%EIGENDRIFT_HOME%\classes.jsa" del "%EIGENDRIFT_HOME%\classes.jsa"
if defined EIGENDRIFT_OPTS if not "%EIGENDRIFT_OPTS:ArchiveClassesAtExit=%"=="%EIGENDRIFT_OPTS%" >"%EIGENDRIFT_HOME%\classes.place" echo %EIGENDRIFT_HOME%
if exist "%EIGENDRIFT_HOME%\classes.place" set /p EIGENDRIFT_PLACE=<"%EIGENDRIFT_HOME%\classes.place"
if "%EIGENDRIFT_PLACE%"=="%EIGENDRIFT_HOME%" if exist "%EIGENDRIFT_HOME%\classes.jsa" set "EIGENDRIFT_ARCHIVE=-XX:SharedArchiveFile=%EIGENDRIFT_HOME%\classes.jsa"
"%EIGENDRIFT_JAVA%" -XX:+UseSerialGC "%EIGENDRIFT_ARCHIVE%" -Xlog:cds=off -Xlog:cds+dynamic=off ^
    -XX:Tier3InvocationThreshold=1000 -XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=5000 ^
    -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=1000000 -XX:Tier4BackEdgeThreshold=2000000 ^
    -Dguice_bytecode_gen_option=DISABLED ^
    "-Deigendrift.home=%EIGENDRIFT_HOME%" %EIGENDRIFT_OPTS% ^
    --add-exports java.base/jdk.internal.module=org.eigendrift.solvers.vector ^
    --add-modules java.se -p "%EIGENDRIFT_HOME%\lib" -m org.eigendrift.cli/org.eigendrift.cli.Main %*
exit /b %ERRORLEVEL%
