/** Contract tests: extend the one of your kind of extension and your plugin gets the whole set. */
package org.eigendrift.contract;
