@echo off
rem Starts eigendrift with the Java of JAVA_HOME, or of the PATH; EIGENDRIFT_OPTS holds options of the Java machine.
setlocal
set "EIGENDRIFT_HOME=%~dp0.."
set "EIGENDRIFT_JAVA=java"
if defined JAVA_HOME set "EIGENDRIFT_JAVA=%JAVA_HOME%\bin\java"
"%EIGENDRIFT_JAVA%" -XX:+UseParallelGC -Xshare:auto -Dguice_bytecode_gen_option=DISABLED ^
    "-Deigendrift.home=%EIGENDRIFT_HOME%" %EIGENDRIFT_OPTS% ^
    --add-modules java.se -p "%EIGENDRIFT_HOME%\lib" -m org.eigendrift.cli/org.eigendrift.cli.Main %*
exit /b %ERRORLEVEL%
